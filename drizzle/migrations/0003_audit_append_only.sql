-- The audit trail is appended to. Entries leave it only behind the checkpoint that was signed for them (services/audit/trim.ts).
CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries BEGIN
  SELECT raise(ABORT, 'The audit trail is appended to, never changed.');
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_kept BEFORE DELETE ON audit_entries
WHEN old.seq > coalesce((SELECT json_extract(value, '$.seq') FROM meta WHERE key = 'audit_start'), 0) BEGIN
  SELECT raise(ABORT, 'The audit trail is trimmed behind a signed checkpoint, never elsewhere.');
END;
