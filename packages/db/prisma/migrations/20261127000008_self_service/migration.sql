-- Whether members of a tenant take things and bring them back by their labels, without a desk.
ALTER TABLE tenants ADD COLUMN self_service boolean NOT NULL DEFAULT false;
GRANT UPDATE (self_service) ON tenants TO tessera_app;
