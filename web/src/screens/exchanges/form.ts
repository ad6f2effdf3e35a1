import type { Exchange, ExchangeBody } from "@/api/exchanges";

/** What stands in the form of an exchange; of files and database only one is meant. */
export type ExchangeValues = {
  name: string;
  direction: "in" | "out";
  way: "folder" | "database";
  subject: string;
  fileName: string;
  format: string;
  language: string;
  host: string;
  port: number;
  database: string;
  username: string;
  password: string;
  security: string;
  statement: string;
  onlyGood: boolean;
  mayUpdate: boolean;
  query: string;
  cron: string;
  timeZone: string;
  enabled: boolean;
};

export function valuesOf(exchange: Exchange | null, timeZone: string): ExchangeValues {
  const { files, database } = exchange?.how ?? {};
  return {
    name: exchange?.name ?? "",
    direction: exchange?.direction === "out" ? "out" : "in",
    way: exchange?.way === "database" ? "database" : "folder",
    subject: exchange?.subject ?? "items",
    fileName: files?.name ?? "",
    format: files?.format ?? "csv",
    language: files?.language ?? "en",
    host: database?.host ?? "",
    port: database?.port ?? 5432,
    database: database?.database ?? "",
    username: database?.username ?? "",
    password: "",
    security: database?.security ?? "tls",
    statement: database?.statement ?? "",
    onlyGood: exchange?.how.onlyGood ?? false,
    mayUpdate: exchange?.how.mayUpdate ?? true,
    query: exchange?.how.query ?? "",
    cron: exchange?.when.cron ?? "*/15 * * * *",
    timeZone: exchange?.when.timeZone ?? timeZone,
    enabled: exchange?.when.enabled ?? true,
  };
}

/** The address of a list names its company only where it leaves the app. */
export function withCompany(query: string, company: string): string {
  const params = new URLSearchParams(query);
  params.set("companyId", company);
  return params.toString();
}

export function withoutCompany(query: string): string {
  const params = new URLSearchParams(query);
  params.delete("companyId");
  return params.toString();
}

export function bodyOf(values: ExchangeValues, company: string): ExchangeBody {
  const { direction, way, onlyGood, mayUpdate } = values;
  return {
    name: values.name.trim(),
    direction,
    subject: values.subject,
    how: {
      files:
        way === "folder"
          ? { name: values.fileName.trim(), format: values.format, language: values.language }
          : null,
      database:
        way === "database"
          ? {
              host: values.host.trim(),
              port: values.port,
              database: values.database.trim(),
              username: values.username.trim(),
              security: values.security,
              statement: values.statement,
            }
          : null,
      onlyGood,
      mayUpdate,
      query: direction === "out" ? withCompany(values.query, company) : "",
    },
    password: way === "database" && values.password !== "" ? values.password : null,
    when: { cron: values.cron.trim(), timeZone: values.timeZone.trim(), enabled: values.enabled },
  };
}
