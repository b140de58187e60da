import { guardSuite } from "./guard.suite.ts";
import { inProcessGuard } from "./in-process-guard.ts";

guardSuite("the in-process guard", (patienceMs) => inProcessGuard(patienceMs));
