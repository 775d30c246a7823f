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
    fraud_score_sum Decimal(18, 8) COMMENT 'Sum of the day\'s fraud scores, which the mean is made of',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY (event_date, merchant_id)
COMMENT 'What was sold, by whom, and how much of it looks like fraud';

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
    fraud_score_sum Decimal(18, 8) COMMENT 'Sum of the day\'s fraud scores, which the mean is made of',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/facts/*.parquet', 'Parquet')
COMMENT 'What was sold, by whom, and how much of it looks like fraud';

CREATE TABLE lake.gold_fct_fraud_alerts
(
    event_id String COMMENT 'The purchase',
    event_time DateTime64(6, 'UTC') COMMENT 'When it was asked for, UTC',
    customer_id String COMMENT 'Customer',
    merchant_id String COMMENT 'Merchant',
    amount Decimal(18, 2) COMMENT 'Amount, EUR',
    status String COMMENT 'The bank\'s answer',
    fraud_score Float32 COMMENT '0 to 1; flagged from 0.5',
    rules Array(String) COMMENT 'Rules that fired',
    evidence String COMMENT 'What each rule saw, as JSON',
    scored_at DateTime64(6, 'UTC') COMMENT 'When the score was made; it never changes afterwards',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY event_id
COMMENT 'Purchases that look like fraud, with the rules that fired and what they saw';

CREATE TABLE lake.gold_fct_fraud_alerts_hdfs
(
    event_id String COMMENT 'The purchase',
    event_time DateTime64(6, 'UTC') COMMENT 'When it was asked for, UTC',
    customer_id String COMMENT 'Customer',
    merchant_id String COMMENT 'Merchant',
    amount Decimal(18, 2) COMMENT 'Amount, EUR',
    status String COMMENT 'The bank\'s answer',
    fraud_score Float32 COMMENT '0 to 1; flagged from 0.5',
    rules Array(String) COMMENT 'Rules that fired',
    evidence String COMMENT 'What each rule saw, as JSON',
    scored_at DateTime64(6, 'UTC') COMMENT 'When the score was made; it never changes afterwards',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/fct_fraud_alerts/*.parquet', 'Parquet')
COMMENT 'Purchases that look like fraud, with the rules that fired and what they saw';

CREATE TABLE lake.gold_fct_daily_song_plays
(
    song_id String COMMENT 'The song',
    title String COMMENT 'Title',
    artist_id String COMMENT 'Artist',
    artist_name String COMMENT 'Artist\'s name',
    genre String COMMENT 'Genre',
    plays Int64 COMMENT 'Times heard',
    listeners Int64 COMMENT 'Customers who heard it',
    listened_seconds Float64 COMMENT 'How long it was heard in all',
    skips Int64 COMMENT 'Times heard for less than 30 seconds',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY (event_date, song_id)
COMMENT 'What is heard';

CREATE TABLE lake.gold_fct_daily_song_plays_hdfs
(
    song_id String COMMENT 'The song',
    title String COMMENT 'Title',
    artist_id String COMMENT 'Artist',
    artist_name String COMMENT 'Artist\'s name',
    genre String COMMENT 'Genre',
    plays Int64 COMMENT 'Times heard',
    listeners Int64 COMMENT 'Customers who heard it',
    listened_seconds Float64 COMMENT 'How long it was heard in all',
    skips Int64 COMMENT 'Times heard for less than 30 seconds',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/fct_daily_song_plays/*.parquet', 'Parquet')
COMMENT 'What is heard';

CREATE TABLE lake.gold_kpi_daily
(
    events Int64 COMMENT 'Events of all kinds',
    active_customers Int64 COMMENT 'Customers with any event',
    free_customers Int64 COMMENT 'Customers with any event at level free',
    sessions Int64 COMMENT 'Visits with any event',
    listens Int64 COMMENT 'Songs heard',
    listened_hours Float64 COMMENT 'Hours heard',
    page_views Int64 COMMENT 'Pages opened',
    logins Int64 COMMENT 'Log-ins granted',
    failed_logins Int64 COMMENT 'Log-ins refused',
    registrations Int64 COMMENT 'New customers',
    upgrades Int64 COMMENT 'Free to paid',
    downgrades Int64 COMMENT 'Paid to free',
    cancellations Int64 COMMENT 'Customers who left',
    conversion_rate Nullable(Float64) COMMENT 'Upgrades per active customer who was free',
    churn_rate Nullable(Float64) COMMENT 'Cancellations per active customer',
    purchases Int64 COMMENT 'Purchases asked for',
    transactions Int64 COMMENT 'Approved purchases',
    revenue Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    refund_amount Float64 COMMENT 'Sum of approved refunds, EUR, whole cents',
    chargeback_amount Float64 COMMENT 'Sum of approved chargebacks, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud',
    fraud_rate Nullable(Float64) COMMENT 'Flagged purchases per purchase asked for',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = MergeTree
PARTITION BY event_date
ORDER BY event_date
COMMENT 'The service\'s day in figures';

CREATE TABLE lake.gold_kpi_daily_hdfs
(
    events Int64 COMMENT 'Events of all kinds',
    active_customers Int64 COMMENT 'Customers with any event',
    free_customers Int64 COMMENT 'Customers with any event at level free',
    sessions Int64 COMMENT 'Visits with any event',
    listens Int64 COMMENT 'Songs heard',
    listened_hours Float64 COMMENT 'Hours heard',
    page_views Int64 COMMENT 'Pages opened',
    logins Int64 COMMENT 'Log-ins granted',
    failed_logins Int64 COMMENT 'Log-ins refused',
    registrations Int64 COMMENT 'New customers',
    upgrades Int64 COMMENT 'Free to paid',
    downgrades Int64 COMMENT 'Paid to free',
    cancellations Int64 COMMENT 'Customers who left',
    conversion_rate Nullable(Float64) COMMENT 'Upgrades per active customer who was free',
    churn_rate Nullable(Float64) COMMENT 'Cancellations per active customer',
    purchases Int64 COMMENT 'Purchases asked for',
    transactions Int64 COMMENT 'Approved purchases',
    revenue Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    refund_amount Float64 COMMENT 'Sum of approved refunds, EUR, whole cents',
    chargeback_amount Float64 COMMENT 'Sum of approved chargebacks, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud',
    fraud_rate Nullable(Float64) COMMENT 'Flagged purchases per purchase asked for',
    event_date Date COMMENT 'UTC day the events happened'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/kpi_daily/*.parquet', 'Parquet')
COMMENT 'The service\'s day in figures';

CREATE TABLE lake.gold_dim_merchants
(
    merchant_id String COMMENT 'The merchant',
    name String COMMENT 'Name',
    category String COMMENT 'What it sells',
    country_code String COMMENT 'ISO 3166 code',
    commission_rate Float64 COMMENT 'Share of a sale that the service keeps',
    transactions Int64 COMMENT 'Approved purchases, ever',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    chargebacks Int64 COMMENT 'Chargebacks, ever',
    dispute_rate Float64 COMMENT 'Chargebacks per approved purchase, 0 if none was sold',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, ever',
    risk String COMMENT 'Class by dispute and fraud rate'
)
ENGINE = MergeTree
ORDER BY merchant_id
COMMENT 'Merchants as they are now, with lifetime figures and risk';

CREATE TABLE lake.gold_dim_merchants_hdfs
(
    merchant_id String COMMENT 'The merchant',
    name String COMMENT 'Name',
    category String COMMENT 'What it sells',
    country_code String COMMENT 'ISO 3166 code',
    commission_rate Float64 COMMENT 'Share of a sale that the service keeps',
    transactions Int64 COMMENT 'Approved purchases, ever',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    chargebacks Int64 COMMENT 'Chargebacks, ever',
    dispute_rate Float64 COMMENT 'Chargebacks per approved purchase, 0 if none was sold',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, ever',
    risk String COMMENT 'Class by dispute and fraud rate'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/dim_merchants/*.parquet', 'Parquet')
COMMENT 'Merchants as they are now, with lifetime figures and risk';

CREATE TABLE lake.gold_dim_customers
(
    customer_id String COMMENT 'The customer',
    first_name Nullable(String) COMMENT 'First name',
    last_name Nullable(String) COMMENT 'Last name',
    level String COMMENT 'Level now',
    registered_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the customer registered',
    home_location_id Nullable(String) COMMENT 'Where the customer lives',
    last_active_date Date COMMENT 'Last day with an event',
    active_days Int64 COMMENT 'Days with an event',
    listens Int64 COMMENT 'Songs heard, ever',
    listened_seconds Float64 COMMENT 'How long, ever',
    transactions Int64 COMMENT 'Approved purchases, ever',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, ever',
    risk String COMMENT 'Class by share of purchases flagged'
)
ENGINE = MergeTree
ORDER BY customer_id
COMMENT 'Customers as they are now, with lifetime figures and risk';

CREATE TABLE lake.gold_dim_customers_hdfs
(
    customer_id String COMMENT 'The customer',
    first_name Nullable(String) COMMENT 'First name',
    last_name Nullable(String) COMMENT 'Last name',
    level String COMMENT 'Level now',
    registered_at Nullable(DateTime64(6, 'UTC')) COMMENT 'When the customer registered',
    home_location_id Nullable(String) COMMENT 'Where the customer lives',
    last_active_date Date COMMENT 'Last day with an event',
    active_days Int64 COMMENT 'Days with an event',
    listens Int64 COMMENT 'Songs heard, ever',
    listened_seconds Float64 COMMENT 'How long, ever',
    transactions Int64 COMMENT 'Approved purchases, ever',
    total_amount Float64 COMMENT 'Sum of approved purchases, EUR, whole cents',
    fraud_alerts Int64 COMMENT 'Purchases flagged as fraud, ever',
    risk String COMMENT 'Class by share of purchases flagged'
)
ENGINE = HDFS('hdfs://namenode:8020/lake/gold/.snapshot/s00000001/dim_customers/*.parquet', 'Parquet')
COMMENT 'Customers as they are now, with lifetime figures and risk';
