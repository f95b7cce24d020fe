export const migrations = ["create table orders (id uuid primary key)"];
