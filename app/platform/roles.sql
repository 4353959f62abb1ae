-- For psql, as superuser: the three roles and the database. Run again, it only puts things right.
-- The owner migrates. The app has no DDL and row-level security holds for it. The worker neither.
-- Passwords come from the environment: TALENT_OWNER_PASSWORD, TALENT_APP_PASSWORD, TALENT_WORKER_PASSWORD.
\set ON_ERROR_STOP on
\getenv owner_password TALENT_OWNER_PASSWORD
\getenv app_password TALENT_APP_PASSWORD
\getenv worker_password TALENT_WORKER_PASSWORD
set client_min_messages = warning;

select format('create role %I', role) from unnest('{talent_owner,talent_app,talent_worker}'::text[]) role
where not exists (select from pg_roles where rolname = role) \gexec

alter role talent_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'owner_password';
alter role talent_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'app_password';
alter role talent_worker login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'worker_password';

alter role talent_app set statement_timeout = '5s';
alter role talent_app set lock_timeout = '2s';
alter role talent_app set idle_in_transaction_session_timeout = '15s';
alter role talent_worker set statement_timeout = '60s';
alter role talent_worker set lock_timeout = '5s';
alter role talent_worker set idle_in_transaction_session_timeout = '60s';

select 'create database talentportfolio owner talent_owner template template0 encoding ''UTF8'' '
       'locale_provider builtin builtin_locale ''C.UTF-8'' locale ''C'''
where not exists (select from pg_database where datname = 'talentportfolio') \gexec

revoke all on database talentportfolio from public;
grant connect on database talentportfolio to talent_app, talent_worker;

\connect talentportfolio
set client_min_messages = warning;
revoke all on schema public from public;
grant usage on schema public to talent_app, talent_worker;
grant all on schema public to talent_owner;
