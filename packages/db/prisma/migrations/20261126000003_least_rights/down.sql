GRANT SELECT ON feature_flags TO tessera_app;
