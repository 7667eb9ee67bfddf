CREATE VIRTUAL TABLE jobs_fts USING fts5(title, description, skills, content='jobs', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2');
--> statement-breakpoint
INSERT INTO jobs_fts(jobs_fts, rank) VALUES('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER jobs_fts_insert AFTER INSERT ON jobs BEGIN
  INSERT INTO jobs_fts(rowid, title, description, skills) VALUES (new.seq, new.title, new.description, new.skills);
END;
--> statement-breakpoint
CREATE TRIGGER jobs_fts_delete AFTER DELETE ON jobs BEGIN
  INSERT INTO jobs_fts(jobs_fts, rowid, title, description, skills) VALUES ('delete', old.seq, old.title, old.description, old.skills);
END;
--> statement-breakpoint
CREATE TRIGGER jobs_fts_update AFTER UPDATE OF title, description, skills ON jobs
WHEN old.title IS NOT new.title OR old.description IS NOT new.description OR old.skills IS NOT new.skills BEGIN
  INSERT INTO jobs_fts(jobs_fts, rowid, title, description, skills) VALUES ('delete', old.seq, old.title, old.description, old.skills);
  INSERT INTO jobs_fts(rowid, title, description, skills) VALUES (new.seq, new.title, new.description, new.skills);
END;
