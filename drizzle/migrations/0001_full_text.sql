CREATE VIRTUAL TABLE jobs_fts USING fts5(title_words, skill_words, description_words, content='jobs', content_rowid='seq', columnsize=0, tokenize="ascii tokenchars '+#|=.'");
--> statement-breakpoint
INSERT INTO jobs_fts(jobs_fts, rank) VALUES('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER jobs_fts_insert AFTER INSERT ON jobs BEGIN
  INSERT INTO jobs_fts(rowid, title_words, skill_words, description_words) VALUES (new.seq, new.title_words, new.skill_words, new.description_words);
END;
--> statement-breakpoint
CREATE TRIGGER jobs_fts_delete AFTER DELETE ON jobs BEGIN
  INSERT INTO jobs_fts(jobs_fts, rowid, title_words, skill_words, description_words) VALUES ('delete', old.seq, old.title_words, old.skill_words, old.description_words);
END;
--> statement-breakpoint
CREATE TRIGGER jobs_fts_update AFTER UPDATE OF title_words, skill_words, description_words ON jobs
WHEN old.title_words IS NOT new.title_words OR old.skill_words IS NOT new.skill_words OR old.description_words IS NOT new.description_words BEGIN
  INSERT INTO jobs_fts(jobs_fts, rowid, title_words, skill_words, description_words) VALUES ('delete', old.seq, old.title_words, old.skill_words, old.description_words);
  INSERT INTO jobs_fts(rowid, title_words, skill_words, description_words) VALUES (new.seq, new.title_words, new.skill_words, new.description_words);
END;
