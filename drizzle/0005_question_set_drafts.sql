CREATE TABLE `question_set_draft_changes` (
	`slug` text NOT NULL,
	`revision` integer NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	`what` text NOT NULL,
	PRIMARY KEY(`slug`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `question_set_drafts` (
	`slug` text PRIMARY KEY NOT NULL,
	`based_on` text,
	`questions` text NOT NULL,
	`plan` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`based_on`) REFERENCES `question_set_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `question_set_versions` ADD `comparable` integer;--> statement-breakpoint
ALTER TABLE `question_set_versions` ADD `changes` text;--> statement-breakpoint
ALTER TABLE `question_set_versions` ADD `published_by` text;