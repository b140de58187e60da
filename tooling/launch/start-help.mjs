export const startHelp = `npm start -- [options]

Installs and builds what changed, then runs Tessera on one port: the web app at /, the kiosk at /kiosk/, the API at /trpc.

Options
  --port N        port to listen on (default 4000)
  --data DIR      folder that holds the embedded database (default ./.tessera/data)
  --demo          add the two demo tenants (the default when the data folder is new)
  --no-demo       start empty
  --rotate-secret give the deployment another secret, say what follows from it, and end; the one before is taken for 30 days
  --help          print this

Environment
  PORT               same as --port
  PUBLIC_URL         address under which people reach this server; short links and QR codes carry it
  TESSERA_DATA_DIR   same as --data
  TESSERA_DEMO       1 or 0, same as --demo or --no-demo
  DATABASE_URL       a PostgreSQL (15 or newer) to use in place of the embedded database
  REDIS_URLS         one, three or five Redis servers, separated by commas, for several processes at once
  TESSERA_SECRET     signing secret, 32 characters or more; needed with DATABASE_URL
  TESSERA_SECRET_PREVIOUS  secrets from before with their end: secret@2026-12-31, several with commas between
  SMTP_URL, MAIL_FROM  mail server for letters, and the address they come from; without them letters are files in the data folder
  TESSERA_RATE_LIMITS  what the limits of calls a minute are multiplied by (default 1), or off
  TRUST_PROXY_HOPS   number of proxies in front of the server (default 0)
`;
