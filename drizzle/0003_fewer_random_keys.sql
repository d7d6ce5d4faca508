DROP INDEX `responses_resume_token_hash_unique`;--> statement-breakpoint
DROP INDEX `responses_reference_unique`;--> statement-breakpoint
DROP INDEX `responses_invitation`;--> statement-breakpoint
CREATE UNIQUE INDEX `responses_resume_token` ON `responses` (`resume_token_hash`) WHERE "responses"."resume_token_hash" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `responses_invitation` ON `responses` (`invitation_id`) WHERE "responses"."invitation_id" is not null;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_text_answers` (
	`response_id` text NOT NULL,
	`question` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`response_id`, `question`),
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_text_answers`("response_id", "question", "text") SELECT "response_id", "question", "text" FROM `text_answers`;--> statement-breakpoint
DROP TABLE `text_answers`;--> statement-breakpoint
ALTER TABLE `__new_text_answers` RENAME TO `text_answers`;--> statement-breakpoint
PRAGMA foreign_keys=ON;