CREATE TABLE `delivery_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`file_hash` text NOT NULL,
	`source` text NOT NULL,
	`verdict` text NOT NULL,
	`message_id` text,
	`collection_id` text,
	`status` text,
	`diagnostic` text,
	`received_at` text NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_reports_file_hash_unique` ON `delivery_reports` (`file_hash`);--> statement-breakpoint
CREATE INDEX `delivery_reports_message` ON `delivery_reports` (`message_id`);--> statement-breakpoint
CREATE TABLE `handovers` (
	`id` text PRIMARY KEY NOT NULL,
	`invitation_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`from_email` text,
	`from_name` text,
	`passed_on_at` text NOT NULL,
	`taken_back_at` text,
	`stands_for` integer,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `handovers_token_hash_unique` ON `handovers` (`token_hash`);--> statement-breakpoint
CREATE INDEX `handovers_invitation` ON `handovers` (`invitation_id`);--> statement-breakpoint
CREATE TABLE `invitation_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`invitation_id` text NOT NULL,
	`event` text NOT NULL,
	`detail` text,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `invitation_events_invitation` ON `invitation_events` (`invitation_id`);--> statement-breakpoint
CREATE TABLE `mailings` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`kind` text NOT NULL,
	`due_on` text,
	`queued_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `mailings_collection` ON `mailings` (`collection_id`);--> statement-breakpoint
CREATE TABLE `message_templates` (
	`collection_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL,
	PRIMARY KEY(`collection_id`, `kind`),
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `response_flags` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`cascade_link_id` text,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	`day` text NOT NULL,
	`reviewed_at` text,
	`reviewed_by` text,
	`note` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`cascade_link_id`) REFERENCES `cascade_links`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `response_flags_collection` ON `response_flags` (`collection_id`);--> statement-breakpoint
DROP INDEX `messages_due`;--> statement-breakpoint
ALTER TABLE `messages` ADD `mailing_id` text REFERENCES mailings(id);--> statement-breakpoint
ALTER TABLE `messages` ADD `cascade_link_id` text REFERENCES cascade_links(id);--> statement-breakpoint
ALTER TABLE `messages` ADD `response_id` text REFERENCES responses(id);--> statement-breakpoint
ALTER TABLE `messages` ADD `template_kind` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `attempted_at` text;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_mailing` ON `messages` (`mailing_id`,`invitation_id`);--> statement-breakpoint
CREATE INDEX `messages_of_invitation` ON `messages` (`invitation_id`);--> statement-breakpoint
CREATE INDEX `messages_attempted` ON `messages` (`collection_id`,`attempted_at`);--> statement-breakpoint
CREATE INDEX `messages_response` ON `messages` (`response_id`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`status`,`collection_id`,`kind`,`due_at`);--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `sector` text;--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `coordinator_name` text;--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `coordinator_email` text;--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `declared_reach` integer;--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `declared_at` text;--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `short_code_hash` text;--> statement-breakpoint
ALTER TABLE `cascade_links` ADD `coordinator_token_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `cascade_links_short_code_hash_unique` ON `cascade_links` (`short_code_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `cascade_links_coordinator_token_hash_unique` ON `cascade_links` (`coordinator_token_hash`);--> statement-breakpoint
ALTER TABLE `collections` ADD `send_days` text;--> statement-breakpoint
ALTER TABLE `collections` ADD `send_from` text;--> statement-breakpoint
ALTER TABLE `collections` ADD `send_until` text;--> statement-breakpoint
ALTER TABLE `collections` ADD `rate_per_minute` integer;--> statement-breakpoint
ALTER TABLE `collections` ADD `paused_at` text;--> statement-breakpoint
ALTER TABLE `invitations` ADD `unsubscribed_at` text;--> statement-breakpoint
ALTER TABLE `invitations` ADD `set_disposition` text;--> statement-breakpoint
ALTER TABLE `invitations` ADD `set_disposition_reason` text;