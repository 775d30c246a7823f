-- What serve creates in ClickHouse for every gold table: the imported table, and its zero-copy twin that reads the
-- Parquet files of the newest published HDFS snapshot in place. Serve sets the address, the lake's root and the
-- snapshot, and appends to each comment what the table serves. To read, not to run.

CREATE TABLE lake.gold_facts
(
    merchant_id String COMMENT 'The merchant',
    transactions Int64 COMMENT 'Approved purchases',
    declined Int64 COMMENT 'Purchases that the bank declined',
    customers Int64 COMMENT 'Customers with an approved purchase',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    refunds Int64 COMMENT 'Approved refunds',
    refund_amount Float64 COMMENT 'Sum of approved refunds, EUR, whole cents',
    chargebacks Int64 COMMENT 'Approved chargebacks',
    chargeback_amount Float64 COMMENT 'Sum of approved chargebacks, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud',
    fraud_score Float32 COMMENT 'Mean fraud score of the day\'s purchases, 0 to 1',
    fraud_score_sum Decimal(18, 8) COMMENT 'Sum of the day\'s fraud scores, from which the mean is computed',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY (event_date, merchant_id)
COMMENT 'Sales, refunds, chargebacks and suspected fraud of each merchant by day';

CREATE TABLE lake.gold_facts_hdfs
(
    merchant_id String COMMENT 'The merchant',
    transactions Int64 COMMENT 'Approved purchases',
    declined Int64 COMMENT 'Purchases that the bank declined',
    customers Int64 COMMENT 'Customers with an approved purchase',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    refunds Int64 COMMENT 'Approved refunds',
    refund_amount Float64 COMMENT 'Sum of approved refunds, EUR, whole cents',
    chargebacks Int64 COMMENT 'Approved chargebacks',
    chargeback_amount Float64 COMMENT 'Sum of approved chargebacks, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud',
    fraud_score Float32 COMMENT 'Mean fraud score of the day\'s purchases, 0 to 1',
    fraud_score_sum Decimal(18, 8) COMMENT 'Sum of the day\'s fraud scores, from which the mean is computed',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/facts/*.parquet', 'Parquet')
COMMENT 'Sales, refunds, chargebacks and suspected fraud of each merchant by day';

CREATE TABLE lake.gold_fct_fraud_alerts
(
    event_id String COMMENT 'The purchase',
    event_time DateTime64(6, 'UTC') COMMENT 'When the purchase was attempted, UTC',
    customer_id String COMMENT 'Customer',
    merchant_id String COMMENT 'Merchant',
    amount Decimal(18, 2) COMMENT 'Amount, EUR',
    status String COMMENT 'The bank\'s decision',
    fraud_score Float32 COMMENT 'Fraud score, 0 to 1; a purchase is flagged from 0.5 on',
    rules Array(String) COMMENT 'Rules that fired',
    evidence String COMMENT 'The values on which each rule fired, as JSON',
    scored_at DateTime64(6, 'UTC') COMMENT 'When the score was computed; it never changes afterwards',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY event_id
COMMENT 'Purchases flagged as fraud, with the rules that fired and their evidence';

CREATE TABLE lake.gold_fct_fraud_alerts_hdfs
(
    event_id String COMMENT 'The purchase',
    event_time DateTime64(6, 'UTC') COMMENT 'When the purchase was attempted, UTC',
    customer_id String COMMENT 'Customer',
    merchant_id String COMMENT 'Merchant',
    amount Decimal(18, 2) COMMENT 'Amount, EUR',
    status String COMMENT 'The bank\'s decision',
    fraud_score Float32 COMMENT 'Fraud score, 0 to 1; a purchase is flagged from 0.5 on',
    rules Array(String) COMMENT 'Rules that fired',
    evidence String COMMENT 'The values on which each rule fired, as JSON',
    scored_at DateTime64(6, 'UTC') COMMENT 'When the score was computed; it never changes afterwards',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/fct_fraud_alerts/*.parquet', 'Parquet')
COMMENT 'Purchases flagged as fraud, with the rules that fired and their evidence';

CREATE TABLE lake.gold_fct_daily_song_plays
(
    song_id String COMMENT 'The song',
    title String COMMENT 'Title',
    artist_id String COMMENT 'Artist',
    artist_name String COMMENT 'Artist\'s name',
    genre String COMMENT 'Genre',
    plays Int64 COMMENT 'Times the song was played',
    listeners Int64 COMMENT 'Customers who played it',
    listened_seconds Float64 COMMENT 'Total time listened, seconds',
    skips Int64 COMMENT 'Times it was played for less than 30 seconds',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY (event_date, song_id)
COMMENT 'Plays of each song by day';

CREATE TABLE lake.gold_fct_daily_song_plays_hdfs
(
    song_id String COMMENT 'The song',
    title String COMMENT 'Title',
    artist_id String COMMENT 'Artist',
    artist_name String COMMENT 'Artist\'s name',
    genre String COMMENT 'Genre',
    plays Int64 COMMENT 'Times the song was played',
    listeners Int64 COMMENT 'Customers who played it',
    listened_seconds Float64 COMMENT 'Total time listened, seconds',
    skips Int64 COMMENT 'Times it was played for less than 30 seconds',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/fct_daily_song_plays/*.parquet', 'Parquet')
COMMENT 'Plays of each song by day';

CREATE TABLE lake.gold_kpi_daily
(
    events Int64 COMMENT 'Events of all kinds',
    active_customers Int64 COMMENT 'Customers with any event',
    free_customers Int64 COMMENT 'Customers with any event at level free',
    sessions Int64 COMMENT 'Sessions with any event',
    listens Int64 COMMENT 'Songs played',
    listened_hours Float64 COMMENT 'Hours listened',
    page_views Int64 COMMENT 'Page views',
    logins Int64 COMMENT 'Log-ins granted',
    failed_logins Int64 COMMENT 'Log-ins refused',
    registrations Int64 COMMENT 'New customers',
    upgrades Int64 COMMENT 'Changes from free to paid',
    downgrades Int64 COMMENT 'Changes from paid to free',
    cancellations Int64 COMMENT 'Customers who left',
    conversion_rate Nullable(Float64) COMMENT 'Upgrades per active customer who was free',
    churn_rate Nullable(Float64) COMMENT 'Cancellations per active customer',
    purchases Int64 COMMENT 'Purchases attempted, approved or declined',
    transactions Int64 COMMENT 'Approved purchases',
    revenue Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    refund_amount Float64 COMMENT 'Sum of approved refunds, EUR, whole cents',
    chargeback_amount Float64 COMMENT 'Sum of approved chargebacks, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud',
    fraud_rate Nullable(Float64) COMMENT 'Flagged purchases per attempted purchase',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY event_date
COMMENT 'Key figures of the service by day';

CREATE TABLE lake.gold_kpi_daily_hdfs
(
    events Int64 COMMENT 'Events of all kinds',
    active_customers Int64 COMMENT 'Customers with any event',
    free_customers Int64 COMMENT 'Customers with any event at level free',
    sessions Int64 COMMENT 'Sessions with any event',
    listens Int64 COMMENT 'Songs played',
    listened_hours Float64 COMMENT 'Hours listened',
    page_views Int64 COMMENT 'Page views',
    logins Int64 COMMENT 'Log-ins granted',
    failed_logins Int64 COMMENT 'Log-ins refused',
    registrations Int64 COMMENT 'New customers',
    upgrades Int64 COMMENT 'Changes from free to paid',
    downgrades Int64 COMMENT 'Changes from paid to free',
    cancellations Int64 COMMENT 'Customers who left',
    conversion_rate Nullable(Float64) COMMENT 'Upgrades per active customer who was free',
    churn_rate Nullable(Float64) COMMENT 'Cancellations per active customer',
    purchases Int64 COMMENT 'Purchases attempted, approved or declined',
    transactions Int64 COMMENT 'Approved purchases',
    revenue Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    refund_amount Float64 COMMENT 'Sum of approved refunds, EUR, whole cents',
    chargeback_amount Float64 COMMENT 'Sum of approved chargebacks, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud',
    fraud_rate Nullable(Float64) COMMENT 'Flagged purchases per attempted purchase',
    event_date Date COMMENT 'UTC day on which the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/kpi_daily/*.parquet', 'Parquet')
COMMENT 'Key figures of the service by day';

CREATE TABLE lake.gold_dim_merchants
(
    merchant_id String COMMENT 'The merchant',
    name String COMMENT 'Name',
    category String COMMENT 'What it sells',
    country_code String COMMENT 'ISO 3166 code',
    commission_rate Float64 COMMENT 'Share of a sale that the service keeps',
    transactions Int64 COMMENT 'Approved purchases, lifetime',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    chargebacks Int64 COMMENT 'Chargebacks, lifetime',
    dispute_rate Float64 COMMENT 'Chargebacks per approved purchase; 0 without approved purchases',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, lifetime',
    risk String COMMENT 'Risk class, by dispute rate and share of purchases flagged'
)
ENGINE = MergeTree
ORDER BY merchant_id
COMMENT 'Current state of each merchant, with lifetime figures and risk class';

CREATE TABLE lake.gold_dim_merchants_hdfs
(
    merchant_id String COMMENT 'The merchant',
    name String COMMENT 'Name',
    category String COMMENT 'What it sells',
    country_code String COMMENT 'ISO 3166 code',
    commission_rate Float64 COMMENT 'Share of a sale that the service keeps',
    transactions Int64 COMMENT 'Approved purchases, lifetime',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    chargebacks Int64 COMMENT 'Chargebacks, lifetime',
    dispute_rate Float64 COMMENT 'Chargebacks per approved purchase; 0 without approved purchases',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, lifetime',
    risk String COMMENT 'Risk class, by dispute rate and share of purchases flagged'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/dim_merchants/*.parquet', 'Parquet')
COMMENT 'Current state of each merchant, with lifetime figures and risk class';

CREATE TABLE lake.gold_dim_customers
(
    customer_id String COMMENT 'The customer',
    first_name Nullable(String) COMMENT 'First name',
    last_name Nullable(String) COMMENT 'Last name',
    level String COMMENT 'Current level; none after a cancellation',
    registered_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the customer registered',
    home_location_id Nullable(String) COMMENT 'Where the customer lives',
    last_active_date Date COMMENT 'Last day with an event',
    active_days Int64 COMMENT 'Days with an event',
    listens Int64 COMMENT 'Songs played, lifetime',
    listened_seconds Float64 COMMENT 'Time listened, seconds, lifetime',
    transactions Int64 COMMENT 'Approved purchases, lifetime',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, lifetime',
    risk String COMMENT 'Risk class, by share of purchases flagged'
)
ENGINE = MergeTree
ORDER BY customer_id
COMMENT 'Current state of each customer, with lifetime figures and risk class';

CREATE TABLE lake.gold_dim_customers_hdfs
(
    customer_id String COMMENT 'The customer',
    first_name Nullable(String) COMMENT 'First name',
    last_name Nullable(String) COMMENT 'Last name',
    level String COMMENT 'Current level; none after a cancellation',
    registered_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the customer registered',
    home_location_id Nullable(String) COMMENT 'Where the customer lives',
    last_active_date Date COMMENT 'Last day with an event',
    active_days Int64 COMMENT 'Days with an event',
    listens Int64 COMMENT 'Songs played, lifetime',
    listened_seconds Float64 COMMENT 'Time listened, seconds, lifetime',
    transactions Int64 COMMENT 'Approved purchases, lifetime',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, lifetime',
    risk String COMMENT 'Risk class, by share of purchases flagged'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/dim_customers/*.parquet', 'Parquet')
COMMENT 'Current state of each customer, with lifetime figures and risk class';
