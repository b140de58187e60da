import { databaseParity } from "./model-parity.suite.ts";
import { embeddedForTest } from "./testing.ts";

databaseParity("the embedded database", embeddedForTest, 25);
