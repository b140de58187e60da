import { Navigate } from "react-router";
import { usePerson } from "../app/person.ts";

/** The first job of whoever comes in. */
export const ConsoleStart = () => <Navigate to={usePerson().role === "operator" ? "flags" : "people"} replace />;
