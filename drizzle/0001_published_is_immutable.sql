-- A published version of a question set and a released snapshot never change, whatever code runs.
CREATE TRIGGER question_set_versions_published_update BEFORE UPDATE ON question_set_versions WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version of a question set never changes'); END;
--> statement-breakpoint
CREATE TRIGGER question_set_versions_published_delete BEFORE DELETE ON question_set_versions WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version of a question set never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshots_released_update BEFORE UPDATE ON snapshots WHEN OLD.released_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshots_released_delete BEFORE DELETE ON snapshots WHEN OLD.released_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_counts_released_insert BEFORE INSERT ON snapshot_counts
WHEN (SELECT released_at FROM snapshots WHERE id = NEW.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_counts_released_update BEFORE UPDATE ON snapshot_counts
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_counts_released_delete BEFORE DELETE ON snapshot_counts
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_sums_released_insert BEFORE INSERT ON snapshot_sums
WHEN (SELECT released_at FROM snapshots WHERE id = NEW.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_sums_released_update BEFORE UPDATE ON snapshot_sums
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_sums_released_delete BEFORE DELETE ON snapshot_sums
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_dispositions_released_insert BEFORE INSERT ON snapshot_dispositions
WHEN (SELECT released_at FROM snapshots WHERE id = NEW.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_dispositions_released_update BEFORE UPDATE ON snapshot_dispositions
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_dispositions_released_delete BEFORE DELETE ON snapshot_dispositions
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_providers_released_insert BEFORE INSERT ON snapshot_providers
WHEN (SELECT released_at FROM snapshots WHERE id = NEW.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_providers_released_update BEFORE UPDATE ON snapshot_providers
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
--> statement-breakpoint
CREATE TRIGGER snapshot_providers_released_delete BEFORE DELETE ON snapshot_providers
WHEN (SELECT released_at FROM snapshots WHERE id = OLD.snapshot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a released snapshot never changes'); END;
