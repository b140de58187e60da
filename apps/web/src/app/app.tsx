import { connect, TesseraProvider } from "@tessera/sdk/react";
import { RouterProvider } from "react-router";
import { chosenTenant } from "./chosen-tenant.ts";
import { queryClient } from "./query-client.ts";
import { routes } from "./routes.tsx";

const connection = connect({ tenant: chosenTenant() });

export function App() {
  return (
    <TesseraProvider connection={connection} queryClient={queryClient}>
      <RouterProvider router={routes} />
    </TesseraProvider>
  );
}
