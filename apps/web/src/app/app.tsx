import { connect, TesseraProvider } from "@tessera/sdk/react";
import { RouterProvider } from "react-router";
import { queryClient } from "./query-client.ts";
import { routes } from "./routes.tsx";

const connection = connect({});

export function App() {
  return (
    <TesseraProvider connection={connection} queryClient={queryClient}>
      <RouterProvider router={routes} />
    </TesseraProvider>
  );
}
