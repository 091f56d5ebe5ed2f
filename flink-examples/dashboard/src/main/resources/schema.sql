-- What the job writes, by upserts on the primary keys, and the page reads.

CREATE TABLE IF NOT EXISTS audience (
  location_id  BIGINT       NOT NULL,
  window_start TIMESTAMP(3) NOT NULL,  -- local time of the data
  window_end   TIMESTAMP(3) NOT NULL,
  location     TEXT,
  site         TEXT,
  ots          BIGINT,                 -- NULL: no data
  watchers     BIGINT,
  revision     INT          NOT NULL,  -- how often late uploads have corrected it
  PRIMARY KEY (location_id, window_start)
);
CREATE INDEX IF NOT EXISTS audience_by_time ON audience (window_start);

CREATE TABLE IF NOT EXISTS demographics (
  location_id  BIGINT       NOT NULL,
  window_start TIMESTAMP(3) NOT NULL,
  gender       INT          NOT NULL,  -- 0 unknown, 1 male, 2 female
  age          INT          NOT NULL,  -- 0 unknown, 1 child, 2 young adult, 3 adult, 4 senior
  watchers     BIGINT,
  dwell_tenths BIGINT,                 -- how long they stayed, in tenths of seconds
  PRIMARY KEY (location_id, window_start, gender, age)
);
CREATE INDEX IF NOT EXISTS demographics_by_time ON demographics (window_start);

-- The page hears of changes instead of asking for them.
CREATE OR REPLACE FUNCTION audience_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('audience_changed', '');
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS audience_changed ON audience;
CREATE TRIGGER audience_changed AFTER INSERT OR UPDATE OR DELETE ON audience
  FOR EACH STATEMENT EXECUTE PROCEDURE audience_changed();
DROP TRIGGER IF EXISTS demographics_changed ON demographics;
CREATE TRIGGER demographics_changed AFTER INSERT OR UPDATE OR DELETE ON demographics
  FOR EACH STATEMENT EXECUTE PROCEDURE audience_changed();
