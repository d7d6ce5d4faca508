PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`collection_id` text,
	`invitation_id` text,
	`sign_in_link_id` text,
	`mailing_id` text,
	`cascade_link_id` text,
	`response_id` text,
	`template_kind` text,
	`recipient` text NOT NULL,
	`message_id` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` text NOT NULL,
	`attempted_at` text,
	`sent_at` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`collection_id`) REFERENCES `collections`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invitation_id`) REFERENCES `invitations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sign_in_link_id`) REFERENCES `sign_in_links`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`mailing_id`) REFERENCES `mailings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cascade_link_id`) REFERENCES `cascade_links`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_messages`("id", "kind", "collection_id", "invitation_id", "sign_in_link_id", "mailing_id", "cascade_link_id", "response_id", "template_kind", "recipient", "message_id", "status", "attempts", "due_at", "attempted_at", "sent_at", "created_at") SELECT "id", "kind", "collection_id", "invitation_id", "sign_in_link_id", "mailing_id", "cascade_link_id", "response_id", "template_kind", "recipient", "message_id", "status", "attempts", "due_at", "attempted_at", "sent_at", "created_at" FROM `messages`;--> statement-breakpoint
DROP TABLE `messages`;--> statement-breakpoint
ALTER TABLE `__new_messages` RENAME TO `messages`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_message_id_unique` ON `messages` (`message_id`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`status`,`collection_id`,`kind`,`due_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_invitation` ON `messages` (`invitation_id`) WHERE kind = 'invitation';--> statement-breakpoint
CREATE UNIQUE INDEX `messages_mailing` ON `messages` (`mailing_id`,`invitation_id`);--> statement-breakpoint
CREATE INDEX `messages_of_invitation` ON `messages` (`invitation_id`);--> statement-breakpoint
CREATE INDEX `messages_attempted` ON `messages` (`collection_id`,`attempted_at`);--> statement-breakpoint
CREATE INDEX `messages_response` ON `messages` (`response_id`);