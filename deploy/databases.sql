-- One database and one role per service; no role may enter another's database. Runs once, on an empty data folder.
\getenv patient_password PATIENT_DB_PASSWORD
\getenv protocol_password PROTOCOL_DB_PASSWORD
\getenv projection_password PROJECTION_DB_PASSWORD

CREATE ROLE patient LOGIN PASSWORD :'patient_password';
CREATE ROLE protocol LOGIN PASSWORD :'protocol_password';
CREATE ROLE projection LOGIN PASSWORD :'projection_password';

CREATE DATABASE patient OWNER patient;
CREATE DATABASE protocol OWNER protocol;
CREATE DATABASE projection OWNER projection;

REVOKE ALL ON DATABASE postgres, patient, protocol, projection FROM PUBLIC;
