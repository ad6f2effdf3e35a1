/** What the modules do in the background. */
export const jobTypes = [
  "mail.send",
  "mail.returned",
  "mail.drop",
  "work.escalate",
  "work.digest",
  "inventory.expire",
  "inventory.close-days",
  "identity.sweep",
  "log.trim",
  "import.check",
  "import.run",
  "import.undo",
  "exchange.run",
  "backup.take",
  "backup.drill",
] as const;
