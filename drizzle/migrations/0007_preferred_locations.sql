ALTER TABLE `jobs` ADD `preferred_locations` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `location_mandatory` integer;