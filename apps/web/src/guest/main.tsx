import "@tessera/ui/theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { GuestApp } from "./guest-app.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("guest.html has no element #root");

const [, label = ""] = window.location.pathname.match(/^\/l\/([^/]+)/) ?? [];

createRoot(root).render(
  <StrictMode>
    <GuestApp label={label} />
  </StrictMode>,
);
