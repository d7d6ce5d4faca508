CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject`);--> statement-breakpoint
CREATE TABLE `cascade_links` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`system_id` text NOT NULL,
	`organisation` text,
	`token_hash` text NOT NULL,
	`withdrawn_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cascade_links_token_hash_unique` ON `cascade_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `cascade_links_collection` ON `cascade_links` (`collection_id`);--> statement-breakpoint
CREATE TABLE `collection_systems` (
	`collection_id` text NOT NULL,
	`system_id` text NOT NULL,
	PRIMARY KEY(`collection_id`, `system_id`),
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `collections` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`version_id` text NOT NULL,
	`mode` text NOT NULL,
	`status` text NOT NULL,
	`opens_at` text NOT NULL,
	`closes_at` text NOT NULL,
	`k` integer NOT NULL,
	`retain_until` text NOT NULL,
	`register_date` text,
	`register_file` text,
	`notice` text,
	`opened_at` text,
	`closed_at` text,
	`severed_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`version_id`) REFERENCES `question_set_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `frame_services` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`system_id` text NOT NULL,
	`location_id` text NOT NULL,
	`name` text NOT NULL,
	`provider_key` text NOT NULL,
	`provider_name` text NOT NULL,
	`category` text NOT NULL,
	`postcode` text,
	`telephone` text,
	`contact_email` text,
	`contact_name` text,
	`not_eligible_reason` text,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `frame_services_location` ON `frame_services` (`collection_id`,`location_id`);--> statement-breakpoint
CREATE INDEX `frame_services_system` ON `frame_services` (`collection_id`,`system_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`frame_service_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`token_version` integer DEFAULT 1 NOT NULL,
	`outcome` text,
	`outcome_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`frame_service_id`) REFERENCES `frame_services`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_frame_service_id_unique` ON `invitations` (`frame_service_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_collection` ON `invitations` (`collection_id`);--> statement-breakpoint
CREATE TABLE `message_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`message_id` text NOT NULL,
	`event` text NOT NULL,
	`detail` text,
	`at` text NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_events_message` ON `message_events` (`message_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`collection_id` text,
	`invitation_id` text,
	`sign_in_link_id` text,
	`recipient` text NOT NULL,
	`message_id` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` text NOT NULL,
	`sent_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sign_in_link_id`) REFERENCES `sign_in_links`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_message_id_unique` ON `messages` (`message_id`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`status`,`due_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_invitation` ON `messages` (`invitation_id`) WHERE kind = 'invitation';--> statement-breakpoint
CREATE TABLE `question_set_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`question_set_id` text NOT NULL,
	`version` integer NOT NULL,
	`questions` text NOT NULL,
	`plan` text NOT NULL,
	`sha256` text NOT NULL,
	`plan_sha256` text NOT NULL,
	`comparability` text,
	`created_at` text NOT NULL,
	`published_at` text,
	FOREIGN KEY (`question_set_id`) REFERENCES `question_sets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_set_versions_number` ON `question_set_versions` (`question_set_id`,`version`);--> statement-breakpoint
CREATE TABLE `question_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `question_sets_slug_unique` ON `question_sets` (`slug`);--> statement-breakpoint
CREATE TABLE `responses` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`version_id` text NOT NULL,
	`system_id` text NOT NULL,
	`source` text NOT NULL,
	`invitation_id` text,
	`cascade_link_id` text,
	`resume_token_hash` text,
	`stratum` text,
	`provider_key` text,
	`category_differs` integer DEFAULT false NOT NULL,
	`data` text NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`touched` text NOT NULL,
	`status` text NOT NULL,
	`reference` text,
	`language` text DEFAULT 'en' NOT NULL,
	`created_at` text NOT NULL,
	`saved_at` text NOT NULL,
	`submitted_at` text,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `question_set_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`cascade_link_id`) REFERENCES `cascade_links`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `responses_resume_token_hash_unique` ON `responses` (`resume_token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `responses_reference_unique` ON `responses` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `responses_invitation` ON `responses` (`invitation_id`);--> statement-breakpoint
CREATE INDEX `responses_collection` ON `responses` (`collection_id`,`status`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE TABLE `sign_in_links` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_in_links_token_hash_unique` ON `sign_in_links` (`token_hash`);--> statement-breakpoint
CREATE TABLE `snapshot_counts` (
	`snapshot_id` text NOT NULL,
	`stratum` text NOT NULL,
	`variable` text NOT NULL,
	`state` text NOT NULL,
	`value` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`snapshot_id`, `stratum`, `variable`, `state`, `value`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `snapshot_dispositions` (
	`snapshot_id` text NOT NULL,
	`stratum` text NOT NULL,
	`disposition` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`snapshot_id`, `stratum`, `disposition`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `snapshot_providers` (
	`snapshot_id` text NOT NULL,
	`figure` text NOT NULL,
	`cell` text NOT NULL,
	`providers` integer NOT NULL,
	`largest` integer NOT NULL,
	PRIMARY KEY(`snapshot_id`, `figure`, `cell`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `snapshot_sums` (
	`snapshot_id` text NOT NULL,
	`stratum` text NOT NULL,
	`scale` text NOT NULL,
	`sums` text NOT NULL,
	PRIMARY KEY(`snapshot_id`, `stratum`, `scale`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text NOT NULL,
	`version_id` text NOT NULL,
	`sha256` text NOT NULL,
	`responses` integer NOT NULL,
	`k` integer NOT NULL,
	`labels` text NOT NULL,
	`taken_at` text NOT NULL,
	`taken_by` text NOT NULL,
	`released_at` text,
	`released_by` text,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`version_id`) REFERENCES `question_set_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `snapshots_collection` ON `snapshots` (`collection_id`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_email_unique` ON `staff` (`email`);--> statement-breakpoint
CREATE TABLE `staff_systems` (
	`staff_id` text NOT NULL,
	`system_id` text NOT NULL,
	PRIMARY KEY(`staff_id`, `system_id`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `system_authorities` (
	`system_id` text NOT NULL,
	`authority` text NOT NULL,
	PRIMARY KEY(`system_id`, `authority`),
	FOREIGN KEY (`system_id`) REFERENCES `systems`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `systems` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`region` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `systems_code_unique` ON `systems` (`code`);--> statement-breakpoint
CREATE TABLE `text_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`response_id` text NOT NULL,
	`question` text NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `text_answers_question` ON `text_answers` (`response_id`,`question`);