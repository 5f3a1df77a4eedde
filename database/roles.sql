-- For the administrator of a PostgreSQL server (15 to 18) that Loopplank is to work on. Choose four passwords, put them in the places
-- of CHANGE_ME_…, and run this once, e.g. psql -d postgres -f roles.sql
--
-- Loopplank itself makes the tables (`loopplank migrate`). It refuses a login that is a superuser, passes row-level security by, or
-- owns the database without being loopplank_owner. The names are fixed: policies and grants name them.
--
-- Then set, for the processes of Loopplank:
--   DATABASE_URL=postgresql://loopplank_app:…@server/loopplank
--   DATABASE_JOBS_URL=postgresql://loopplank_jobs:…@server/loopplank
--   DATABASE_IDENTITY_URL=postgresql://loopplank_identity:…@server/loopplank
--   DATABASE_OWNER_URL=postgresql://loopplank_owner:…@server/loopplank

create role loopplank_owner with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password 'CHANGE_ME_OWNER';
create role loopplank_app with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password 'CHANGE_ME_APP';
create role loopplank_jobs with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password 'CHANGE_ME_JOBS';
create role loopplank_identity with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password 'CHANGE_ME_IDENTITY';

create database loopplank owner loopplank_owner template template0 encoding 'UTF8';
revoke all on database loopplank from public;
grant connect on database loopplank to loopplank_app, loopplank_jobs, loopplank_identity;
