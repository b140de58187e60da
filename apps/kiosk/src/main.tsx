import "./kiosk.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Kiosk } from "./kiosk.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");

createRoot(root).render(
  <StrictMode>
    <Kiosk />
  </StrictMode>,
);
