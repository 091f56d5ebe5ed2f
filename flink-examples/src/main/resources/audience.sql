-- How many people could have watched, how many did, and for how long: per location and hour, as the
-- hours close. Copy it into Flink's SQL client and put in your account and locations.

CREATE TABLE ots (
  location_id   BIGINT,
  period_start  TIMESTAMP(3),
  ots_count     BIGINT,   -- opportunities to see: people who could have watched
  watcher_count BIGINT,
  WATERMARK FOR period_start AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'vidicenter',
  'username' = 'me',
  'token-file' = '/run/secrets/vidicenter',
  'locations' = '1056,1057',
  'data-type' = 'ots',
  'time-resolution' = '15m',
  'scan.start' = '-P1D',
  'scan.window.size' = '1 h'
);

CREATE TABLE viewers (
  location_id   BIGINT,
  period_start  TIMESTAMP(3),
  watcher_count BIGINT,
  dwell_time_in_tenths_of_sec BIGINT,
  WATERMARK FOR period_start AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'vidicenter',
  'username' = 'me',
  'token-file' = '/run/secrets/vidicenter',
  'locations' = '1056,1057',
  'data-type' = 'viewers',
  'time-resolution' = '15m',
  'scan.start' = '-P1D',
  'scan.window.size' = '1 h'
);

SELECT
  o.window_start,
  o.location_id,
  o.ots,
  o.watchers,
  o.watchers / NULLIF(CAST(o.ots AS DOUBLE), 0) AS conversion,
  v.dwell_seconds,
  v.dwell_seconds / NULLIF(v.watchers, 0) AS average_dwell_seconds
FROM (
  SELECT window_start, window_end, window_time, location_id,
         SUM(ots_count) AS ots,
         SUM(watcher_count) AS watchers
  FROM TABLE(TUMBLE(TABLE ots, DESCRIPTOR(period_start), INTERVAL '1' HOUR))
  GROUP BY window_start, window_end, window_time, location_id
) o
JOIN (
  SELECT window_start, window_end, window_time, location_id,
         SUM(watcher_count) AS watchers,
         SUM(dwell_time_in_tenths_of_sec) / 10e0 AS dwell_seconds
  FROM TABLE(TUMBLE(TABLE viewers, DESCRIPTOR(period_start), INTERVAL '1' HOUR))
  GROUP BY window_start, window_end, window_time, location_id
) v
ON o.window_start = v.window_start AND o.window_end = v.window_end
   AND o.location_id = v.location_id
ORDER BY o.window_time, o.location_id;
