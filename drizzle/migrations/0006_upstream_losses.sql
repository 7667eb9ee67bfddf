CREATE TABLE `field_figures` (
	`field` text NOT NULL,
	`day` text NOT NULL,
	`seen` integer DEFAULT 0 NOT NULL,
	`withheld` integer DEFAULT 0 NOT NULL,
	`unreadable` integer DEFAULT 0 NOT NULL,
	`unknown` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`field`, `day`)
);
--> statement-breakpoint
CREATE TABLE `field_incidents` (
	`field` text NOT NULL,
	`change` text NOT NULL,
	`since` integer NOT NULL,
	`example` text,
	PRIMARY KEY(`field`, `change`)
);
--> statement-breakpoint
CREATE TABLE `upstream_losses` (
	`operation` text NOT NULL,
	`path` text NOT NULL,
	`since` integer NOT NULL,
	`probed_at` integer NOT NULL,
	`said` text NOT NULL,
	PRIMARY KEY(`operation`, `path`)
);
