import "swagger-ui-dist/swagger-ui.css";
import "./docs.css";
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle.js";

/** The API's description as a page to read and to try; the session cookie of the web app signs the tries. */
SwaggerUIBundle({
  url: "/openapi/v1.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: (request: { method?: string; headers: Record<string, string> }) => {
    if (request.method === "POST" && request.headers["Idempotency-Key"] === undefined)
      request.headers["Idempotency-Key"] = crypto.randomUUID();
    return request;
  },
});
