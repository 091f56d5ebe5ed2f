-- Audience per location and window, in total and by gender and age, kept up to date in PostgreSQL.
-- Copy it into Flink's SQL client and put in your account, locations and database.

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
  'scan.window.size' = '15 min'
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
  'scan.window.size' = '15 min'
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

INSERT INTO audience
SELECT
  location_id,
  window_start,
  MAX(window_end),
  CAST(NULL AS STRING),
  CAST(NULL AS STRING),
  SUM(ots_count),
  SUM(watcher_count),
  MAX(revision)
FROM ots
GROUP BY location_id, window_start;

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
