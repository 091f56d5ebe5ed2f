-- Audience per location and window, in total and by gender and age, kept up to date in PostgreSQL:
-- as windows are read, and as late uploads correct them. Copy it into Flink's SQL client, put in your
-- account, locations and database, and SET 'table.exec.state.ttl' = '2 d': longer than the lookback.

CREATE TABLE ots (
  location_id   BIGINT,
  period_start  TIMESTAMP(3),
  ots_count     BIGINT,   -- opportunities to see: people who could have watched
  watcher_count BIGINT,
  window_start  TIMESTAMP(3) METADATA,
  window_end    TIMESTAMP(3) METADATA,
  revision      INT METADATA,
  PRIMARY KEY (location_id, period_start) NOT ENFORCED
) WITH (
  'connector' = 'vidicenter',
  'username' = 'me',
  'token-file' = '/run/secrets/vidicenter',
  'locations' = '1056,1057',
  'data-type' = 'ots',
  'time-resolution' = '5m',
  'scan.start' = '-P7D',
  'scan.window.size' = '15 min',
  'scan.refresh.lookback' = '1 d',
  'scan.refresh.interval' = '1 h'
);

CREATE TABLE viewers (
  location_id   BIGINT,
  period_start  TIMESTAMP(3),
  gender        INT,
  age           INT,
  watcher_count BIGINT,
  dwell_time_in_tenths_of_sec BIGINT,
  window_start  TIMESTAMP(3) METADATA,
  PRIMARY KEY (location_id, period_start, gender, age) NOT ENFORCED
) WITH (
  'connector' = 'vidicenter',
  'username' = 'me',
  'token-file' = '/run/secrets/vidicenter',
  'locations' = '1056,1057',
  'data-type' = 'viewers',
  'group-by-demographics' = 'true',
  'time-resolution' = '5m',
  'scan.start' = '-P7D',
  'scan.window.size' = '15 min',
  'scan.refresh.lookback' = '1 d',
  'scan.refresh.interval' = '1 h'
);

-- The labels of what has an id. Lookups read these lists anew every hour.
CREATE TABLE locations (
  id      BIGINT,
  label   STRING,
  site_id BIGINT,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'vidicenter-topology',
  'list' = 'locations',
  'username' = 'me',
  'token-file' = '/run/secrets/vidicenter'
);

CREATE TABLE sites (
  id    BIGINT,
  label STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'vidicenter-topology',
  'list' = 'sites',
  'username' = 'me',
  'token-file' = '/run/secrets/vidicenter'
);

-- Names and keys are those of the tables in the database.
CREATE TABLE audience (
  location_id  BIGINT,
  window_start TIMESTAMP(3),
  window_end   TIMESTAMP(3),
  location     STRING,
  site         STRING,
  ots          BIGINT,
  watchers     BIGINT,
  revision     INT,
  PRIMARY KEY (location_id, window_start) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://localhost/audience',
  'table-name' = 'audience',
  'sink.buffer-flush.interval' = '300 ms'
);

CREATE TABLE demographics (
  location_id  BIGINT,
  window_start TIMESTAMP(3),
  gender       INT,
  age          INT,
  watchers     BIGINT,
  dwell_tenths BIGINT,
  PRIMARY KEY (location_id, window_start, gender, age) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://localhost/audience',
  'table-name' = 'demographics',
  'sink.buffer-flush.interval' = '300 ms'
);

-- A correction raises the revision of the rows that it changes, so of the sum over them too.
INSERT INTO audience
SELECT
  sums.location_id,
  sums.window_start,
  sums.window_end,
  locations.label,
  sites.label,
  sums.ots,
  sums.watchers,
  sums.revision
FROM (
  SELECT
    location_id,
    window_start,
    MAX(window_end)    AS window_end,
    SUM(ots_count)     AS ots,
    SUM(watcher_count) AS watchers,
    MAX(revision)      AS revision,
    PROCTIME()         AS read_at
  FROM ots
  GROUP BY location_id, window_start
) AS sums
LEFT JOIN locations FOR SYSTEM_TIME AS OF sums.read_at ON locations.id = sums.location_id
LEFT JOIN sites FOR SYSTEM_TIME AS OF sums.read_at ON sites.id = locations.site_id;

INSERT INTO demographics
SELECT
  location_id,
  window_start,
  gender,
  age,
  SUM(watcher_count),
  SUM(dwell_time_in_tenths_of_sec)
FROM viewers
GROUP BY location_id, window_start, gender, age;
