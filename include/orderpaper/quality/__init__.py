"""What must hold before anything is published: the suites, the audit, its report."""

from orderpaper.quality.auditing import audit
from orderpaper.warehouse.audit_report import AuditReport

__all__ = ["AuditReport", "audit"]
