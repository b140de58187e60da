import { Navigate } from "react-router";
import { usePerson } from "../app/person.ts";
import { railFor } from "./rail.ts";

/** The first job of whoever comes in. */
export const ConsoleStart = () => <Navigate to={railFor(usePerson().role)[0]?.to ?? "/"} replace />;
