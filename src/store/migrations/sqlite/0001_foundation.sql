-- Accounts, credentials, documents, tasks, kept answers, usage and the event log.
-- Times are microseconds since 1970, 0 means none. Texts are never null: '' means none.

create table settings (key text primary key, value text not null) without rowid;

create table accounts (
    id text primary key, name text not null, plan text not null default '', state text not null, created_at integer not null
) without rowid;

create table plans (
    name text primary key, credits_per_period integer not null, period_days integer not null, requests_per_minute integer not null,
    concurrent_tasks integer not null, upload_bytes integer not null, retention_hours integer not null
) without rowid;

create table applications (
    id text primary key, account text not null, name text not null, note text not null, created_at integer not null
) without rowid;
create index applications_of_account on applications (account, created_at);

create table credentials (
    client_id text primary key, account text not null, application text not null, kind text not null, scopes text not null,
    note text not null, state text not null, created_at integer not null, last_used_at integer not null default 0,
    expires_at integer not null default 0
) without rowid;
create index credentials_that_expire on credentials (expires_at) where state = 'ACTIVE' and expires_at > 0;

create table secrets (
    hash text not null, client_id text not null, valid_until integer not null default 0, primary key (hash, client_id)
) without rowid;
create index secrets_of_credential on secrets (client_id);

create table documents (
    id text primary key, account text not null, lineage text not null, state text not null, origin text not null,
    file_name text not null, media_type text not null, bytes integer not null, sha256 text not null,
    created_at integer not null, expires_at integer not null
) without rowid;
create index documents_of_lineage on documents (lineage);
create index documents_that_expire on documents (expires_at) where state = 'STORED';

create table shares (
    token_hash text primary key, account text not null, document text not null, credential text not null, file_name text not null,
    expires_at integer not null
) without rowid;
create index shares_of_document on shares (document);

-- `refs` counts stored documents and tasks that are not final. Without any, the bytes may go.
create table blobs (
    account text not null, sha256 text not null, bytes integer not null, refs integer not null, primary key (account, sha256)
) without rowid;
create index blobs_without_reference on blobs (account) where refs = 0;

-- run, stage and item are for pipelines. States: PENDING IN_PROGRESS WAITING COMPLETED FAILED DEAD CANCELLED.
create table tasks (
    number integer primary key, id text not null unique, account text not null, credential text not null, lineage text not null,
    state text not null, operation text not null, version integer not null, lane text not null, input_values text not null,
    secrets text not null, fingerprint text not null, result_document text not null, result_data text not null default '',
    error_code text not null default '', error_message text not null default '', error_details text not null default '',
    progress integer not null default 0, credits integer not null, reserved integer not null, attempts integer not null default 0,
    losses integer not null default 0, rescues integer not null default 0, lease_number integer not null default 0,
    lease_owner text not null default '', lease_until integer not null default 0, created_at integer not null,
    updated_at integer not null, started_at integer not null default 0, due_at integer not null,
    run text not null default '', stage text not null default '', item text not null default ''
);
create index tasks_pending on tasks (account, lane, due_at, number) where state = 'PENDING';
create index tasks_leased on tasks (lease_until) where state = 'IN_PROGRESS';
create index tasks_dead on tasks (account, number) where state = 'DEAD';
create index tasks_of_lineage on tasks (lineage);

create table task_inputs (
    task text not null, position integer not null, document text not null, sha256 text not null, bytes integer not null,
    file_name text not null, stored_at integer not null, primary key (task, position)
) without rowid;

-- Waiting and running work of an account in a lane; `turn` rises with every lease, the lowest is next.
create table queues (
    account text not null, lane text not null, waiting integer not null, running integer not null, turn integer not null,
    primary key (account, lane)
) without rowid;
create index queues_by_turn on queues (turn) where waiting > 0;

create table answers (
    account text not null, key text not null, fingerprint text not null, answer text not null, expires_at integer not null,
    primary key (account, key)
) without rowid;
create index answers_that_expire on answers (expires_at);

create table balances (
    account text primary key, period_start integer not null, used integer not null, reserved integer not null, exhausted integer not null
) without rowid;

create table usage (
    account text not null, day integer not null, operation text not null, credential text not null, code text not null,
    duration_bucket integer not null, calls integer not null, credits integer not null, milliseconds integer not null,
    bytes_in integer not null, bytes_out integer not null,
    primary key (account, day, operation, credential, code, duration_bucket)
) without rowid;

-- The event log. `body` is the exact text that is hashed. autoincrement: the id of a removed record is never handed out again.
create table events (id integer primary key autoincrement, account text not null, stream text not null, body text not null);
create index events_of_stream on events (stream, id);
create trigger events_are_not_changed before update on events begin select raise(abort, 'events are insert-only'); end;
create trigger events_are_not_removed before delete on events begin select raise(abort, 'events are insert-only'); end;

-- The personal part of a record, erasable; the record holds a salted commitment to it.
create table event_personal (event text primary key, salt blob not null, part text not null) without rowid;

-- The Merkle trees of the accounts' logs, each row up to one record; tiles and signed notes are for later.
create table event_seals (
    account text not null, size integer not null, last_id integer not null, root blob not null, frontier blob not null,
    primary key (account, size)
) without rowid;
create index event_seals_in_order on event_seals (last_id);
create trigger event_seals_are_not_changed before update on event_seals begin select raise(abort, 'event_seals are insert-only'); end;
create trigger event_seals_are_not_removed before delete on event_seals begin select raise(abort, 'event_seals are insert-only'); end;
create table event_tiles (account text not null, tile integer not null, hash blob not null, primary key (account, tile)) without rowid;
create table checkpoints (account text not null, size integer not null, note text not null, primary key (account, size)) without rowid;
