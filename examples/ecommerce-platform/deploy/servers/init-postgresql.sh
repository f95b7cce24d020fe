#!/bin/sh
# Makes a database and its role for each service.
# Written by deploy/src/write-deploy.ts from contracts, specs and constitution. Change those, or deploy/src,
# and write it again.
set -eu

make() {
  psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
    --set=database="$1" --set=role="$2" --set=password="$3" <<'SQL'
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"role" TEMPLATE template0 ENCODING 'UTF8';
-- PostgreSQL lets everybody connect to a new database. Data is its owner's alone.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
}

make auth_db auth_service "$AUTH_DB_PASSWORD"
make inventory_db inventory_service "$INVENTORY_DB_PASSWORD"
make notification_db notification_service "$NOTIFICATION_DB_PASSWORD"
make order_db order_service "$ORDER_DB_PASSWORD"
make user_db user_service "$USER_DB_PASSWORD"
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
SQL
