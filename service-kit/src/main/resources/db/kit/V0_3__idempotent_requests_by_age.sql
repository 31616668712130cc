-- What is over is found without reading what is not.
create index idempotent_request_by_age on idempotent_request (created_at);
