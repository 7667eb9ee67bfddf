CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`expires_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_hash_unique` ON `api_tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`details` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_id_unique` ON `audit_entries` (`id`);--> statement-breakpoint
CREATE TABLE `budget_state` (
	`platform` text PRIMARY KEY NOT NULL,
	`tokens` real NOT NULL,
	`filled_at` integer NOT NULL,
	`ceiling` real NOT NULL,
	`throttled_until` integer,
	`throttle_count` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `budget_usage` (
	`platform` text NOT NULL,
	`day` text NOT NULL,
	`purpose` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`platform`, `day`, `purpose`)
);
--> statement-breakpoint
CREATE TABLE `category_trees` (
	`platform` text PRIMARY KEY NOT NULL,
	`tree` text NOT NULL,
	`fetched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `connection_flows` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`status` text NOT NULL,
	`state_hash` text NOT NULL,
	`browser_hash` text,
	`redirect_uri` text NOT NULL,
	`return_to` text,
	`allow_account_change` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`completed_at` integer,
	`failure` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connection_flows_state_hash_unique` ON `connection_flows` (`state_hash`);--> statement-breakpoint
CREATE INDEX `connection_flows_created` ON `connection_flows` (`created_at`);--> statement-breakpoint
CREATE TABLE `connections` (
	`platform` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`announced_status` text NOT NULL,
	`status_changed_at` integer NOT NULL,
	`connected_at` integer,
	`restricted_at` integer,
	`failing_since` integer,
	`account` text,
	`owner_account_id` text,
	`tenant_id` text,
	`scopes` text NOT NULL,
	`token_expires_at` integer,
	`token_refreshed_at` integer,
	`token_used_at` integer,
	`connects_balance` integer,
	`expired_reason` text,
	`expired_at` integer,
	`incident` text,
	`refresh_back_off` text,
	`token_generation` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contracts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`external_id` text NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`type` text NOT NULL,
	`client_external_id` text,
	`job_external_id` text,
	`proposal_id` text,
	`rate` integer,
	`currency` text,
	`weekly_limit` text,
	`started_at` integer,
	`ended_at` integer,
	`earned` integer,
	`source` text NOT NULL,
	`updated_at` integer NOT NULL,
	`synced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_id_unique` ON `contracts` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_external` ON `contracts` (`platform`,`external_id`);--> statement-breakpoint
CREATE TABLE `coverage_gaps` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`platform` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer,
	`cause` text NOT NULL,
	`filled_at` integer,
	`tried` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `coverage_gaps_to` ON `coverage_gaps` (`platform`,`to_at`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`subject_id` text,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`,`seq`);--> statement-breakpoint
CREATE INDEX `events_occurred` ON `events` (`occurred_at`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`operation` text NOT NULL,
	`key` text NOT NULL,
	`input_hash` text NOT NULL,
	`result_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`operation`, `key`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`external_id` text NOT NULL,
	`ciphertext` text,
	`matched_at` integer,
	`posted_at` integer NOT NULL,
	`renewed_at` integer,
	`first_seen_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`content_expires_at` integer,
	`content_purged_at` integer,
	`state` text NOT NULL,
	`applied` integer DEFAULT false NOT NULL,
	`triage` text DEFAULT 'NEW' NOT NULL,
	`score` integer,
	`scored_at` integer,
	`type` text,
	`hourly_min` integer,
	`hourly_max` integer,
	`fixed_budget` integer,
	`currency` text,
	`connects_required` integer,
	`experience_level` text,
	`workload` text,
	`duration` text,
	`category_id` text,
	`category_label` text,
	`subcategory_id` text,
	`subcategory_label` text,
	`client_external_id` text,
	`client_country` text,
	`client_city` text,
	`client_time_zone` text,
	`client_verified` integer,
	`client_rating` integer,
	`client_reviews` integer,
	`client_spent` integer,
	`client_spent_currency` text,
	`client_hires` integer,
	`client_posted` integer,
	`client_member_since` text,
	`proposals` integer,
	`interviewing` integer,
	`invites_sent` integer,
	`hires` integer,
	`last_viewed_by_client_at` integer,
	`activity_at` integer,
	`content_hash` text NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`title` text NOT NULL,
	`skills` text NOT NULL,
	`score_factors` text,
	`notes` text,
	`questions` text NOT NULL,
	`description` text NOT NULL,
	`title_words` text DEFAULT '' NOT NULL,
	`skill_words` text DEFAULT '' NOT NULL,
	`description_words` text DEFAULT '' NOT NULL,
	`raw` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_id_unique` ON `jobs` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_external` ON `jobs` (`platform`,`external_id`);--> statement-breakpoint
CREATE INDEX `jobs_ciphertext` ON `jobs` (`ciphertext`);--> statement-breakpoint
CREATE INDEX `jobs_posted` ON `jobs` (`posted_at`,`seq`);--> statement-breakpoint
CREATE INDEX `jobs_feed` ON `jobs` (`posted_at`,`seq`) WHERE matched_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_feed_seen` ON `jobs` (`first_seen_at`,`seq`) WHERE matched_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_expiry` ON `jobs` (`content_expires_at`) WHERE content_purged_at IS NULL;--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`epoch` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `login_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`token_id` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `milestones` (
	`id` text PRIMARY KEY NOT NULL,
	`contract_id` text NOT NULL,
	`external_id` text NOT NULL,
	`position` integer NOT NULL,
	`title` text NOT NULL,
	`amount` integer NOT NULL,
	`funded` integer NOT NULL,
	`paid` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`due_at` integer,
	`paid_at` integer,
	`announced` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `milestones_external` ON `milestones` (`contract_id`,`external_id`);--> statement-breakpoint
CREATE TABLE `preferences_state` (
	`platform` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`updated_at` integer NOT NULL,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `proposal_history` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`proposal_id` text NOT NULL,
	`status` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`source` text NOT NULL,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `proposal_history_proposal` ON `proposal_history` (`proposal_id`,`seq`);--> statement-breakpoint
CREATE TABLE `proposals` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`external_id` text,
	`job_id` text NOT NULL,
	`job_external_id` text NOT NULL,
	`status` text NOT NULL,
	`submission_mode` text,
	`cover_letter` text NOT NULL,
	`terms` text NOT NULL,
	`answers` text NOT NULL,
	`connects` integer,
	`attempt_at` integer,
	`refusal` text,
	`created_at` integer NOT NULL,
	`submitted_at` integer,
	`updated_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `proposals_id_unique` ON `proposals` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `proposals_external` ON `proposals` (`platform`,`external_id`);--> statement-breakpoint
CREATE INDEX `proposals_job` ON `proposals` (`job_external_id`);--> statement-breakpoint
CREATE INDEX `proposals_status` ON `proposals` (`status`);--> statement-breakpoint
CREATE INDEX `proposals_updated` ON `proposals` (`updated_at`,`seq`);--> statement-breakpoint
CREATE TABLE `saved_searches` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`query` text,
	`criteria` text NOT NULL,
	`scan` integer NOT NULL,
	`enabled` integer NOT NULL,
	`snoozed_until` integer,
	`notify` integer NOT NULL,
	`channel_ids` text NOT NULL,
	`last_scan_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_searches_id_unique` ON `saved_searches` (`id`);--> statement-breakpoint
CREATE TABLE `scan_jobs` (
	`scan_seq` integer NOT NULL,
	`job_seq` integer NOT NULL,
	`outcome` text NOT NULL,
	`dropped_by` text,
	`announced_at` integer,
	PRIMARY KEY(`scan_seq`, `job_seq`)
);
--> statement-breakpoint
CREATE INDEX `scan_jobs_announced` ON `scan_jobs` (`announced_at`) WHERE announced_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `scan_schedule` (
	`platform` text PRIMARY KEY NOT NULL,
	`next_due_at` integer,
	`baseline_at` integer,
	`paused_at` integer,
	`pause_reason` text,
	`paused_by` text,
	`examined_to` integer,
	`examined_before` integer,
	`failures` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `scanned_criteria` (
	`platform` text NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`platform`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `scans` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`trigger` text NOT NULL,
	`status` text NOT NULL,
	`phase` text NOT NULL,
	`dry_run` integer DEFAULT false NOT NULL,
	`baseline` integer DEFAULT false NOT NULL,
	`criteria` text,
	`queued_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`duration_ms` integer,
	`fetched` integer DEFAULT 0 NOT NULL,
	`duplicates` integer DEFAULT 0 NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	`filtered_out` integer DEFAULT 0 NOT NULL,
	`new` integer DEFAULT 0 NOT NULL,
	`notified` integer DEFAULT 0 NOT NULL,
	`upstream_requests` integer DEFAULT 0 NOT NULL,
	`incident` text,
	`preferences_version` integer NOT NULL,
	`searches_hash` text,
	`diagnosis` text,
	`cancel_requested_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scans_id_unique` ON `scans` (`id`);--> statement-breakpoint
CREATE INDEX `scans_queued` ON `scans` (`queued_at`);--> statement-breakpoint
CREATE INDEX `scans_status` ON `scans` (`status`);--> statement-breakpoint
CREATE TABLE `search_matches` (
	`search_id` text NOT NULL,
	`job_id` text NOT NULL,
	`matched_at` integer NOT NULL,
	PRIMARY KEY(`search_id`, `job_id`)
);
--> statement-breakpoint
CREATE INDEX `search_matches_job` ON `search_matches` (`job_id`);--> statement-breakpoint
CREATE TABLE `secret_key` (
	`id` integer PRIMARY KEY NOT NULL,
	`kdf` text NOT NULL,
	`salt` blob,
	`check_nonce` blob NOT NULL,
	`check_ciphertext` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`path` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`nonce` blob NOT NULL,
	`ciphertext` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`hash` text PRIMARY KEY NOT NULL,
	`token_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
