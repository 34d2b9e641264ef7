-- A database as schema 1 wrote it. It stays as it is: whatever the schema becomes, this must still be read.
CREATE TABLE learners (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,  -- where this store counts time
    clock INTEGER NOT NULL -- the time of the latest fact in milliseconds; it only grows
) STRICT, WITHOUT ROWID;
CREATE TABLE pages (
    learner TEXT, page TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (learner, page)
) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
    learner TEXT, page TEXT, question INTEGER,
    choice INTEGER NOT NULL, correct INTEGER NOT NULL, solved INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (learner, page, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE tasks (
    learner TEXT, lab TEXT, figure TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (learner, lab)
) STRICT, WITHOUT ROWID;
CREATE TABLE bests (
    learner TEXT, lab TEXT, figure TEXT, lower INTEGER, value REAL NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (learner, lab, figure, lower)
) STRICT, WITHOUT ROWID;
CREATE TABLE exercises (
    learner TEXT, name TEXT,
    status TEXT NOT NULL, passed INTEGER NOT NULL, seen INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (learner, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE hints (
    learner TEXT, name TEXT, hints INTEGER NOT NULL,
    PRIMARY KEY (learner, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE places (
    learner TEXT PRIMARY KEY, page TEXT NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE spent (
    learner TEXT, lesson TEXT, origin TEXT, nanoseconds INTEGER NOT NULL,
    PRIMARY KEY (learner, lesson, origin)
) STRICT, WITHOUT ROWID;
INSERT INTO learners VALUES ('', 'ORIGIN', 1768205740000);
INSERT INTO pages VALUES ('', 'autoencoder/the-loss', 1768205730000);
INSERT INTO answers VALUES ('', 'autoencoder/the-loss', 0, 2, 1, 1, 1768205731000);
INSERT INTO tasks VALUES ('', 'train', '0.0118 with 16 units', 1768205740000);
INSERT INTO bests VALUES ('', 'train', 'error', 1, 0.5, 1768205732000);
INSERT INTO exercises VALUES ('', 'loss', 'fail', 1, 0, 1768205733000);
INSERT INTO hints VALUES ('', 'loss', 2);
INSERT INTO places VALUES ('', 'autoencoder/the-loss', 1768205734000);
INSERT INTO spent VALUES ('', 'autoencoder', 'ORIGIN', 90000000000);
PRAGMA application_id = 0x61657475;
PRAGMA user_version = 1;
