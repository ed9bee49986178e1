{# Which publishers name people wrongly? #}
select
    publisher,
    issue_kind,
    severity,
    issue_count,
    faulty_document_count,
    document_count
from {{ ref('rpt_attribution_issues_by_publisher') }}
order by issue_count desc, publisher, issue_kind, document_count
limit 10
