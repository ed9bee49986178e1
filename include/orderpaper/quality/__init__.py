"""The checks that must pass before anything is published: the suites and the audit."""

from orderpaper.quality.auditing import audit
from orderpaper.warehouse.audit_report import AuditReport

__all__ = ["AuditReport", "audit"]
