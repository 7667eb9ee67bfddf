ALTER TABLE `audit_entries` ADD `subject_id` text;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `request_id` text;--> statement-breakpoint
CREATE INDEX `audit_entries_occurred` ON `audit_entries` (`occurred_at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`subject_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_action` ON `audit_entries` (`action`,`seq`);