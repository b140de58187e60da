import type { Role } from "@tessera/contracts";
import {
  ConciergeBell,
  Flag,
  GitCompareArrows,
  HandHelping,
  KeyRound,
  type LucideIcon,
  MapPin,
  MonitorSmartphone,
  Package,
  Scale,
  ShieldAlert,
  Signature,
  Tags,
  Users,
} from "lucide-react";

/** A part of the console, and whose job it is. */
export interface RailItem {
  to: string;
  name: string;
  Icon: LucideIcon;
  roles: readonly Role[];
}

export const rail: readonly RailItem[] = [
  { to: "/console/desks", name: "Desks", Icon: MonitorSmartphone, roles: ["staff", "admin", "operator"] },
  { to: "/console/conflicts", name: "Conflicts", Icon: GitCompareArrows, roles: ["staff", "admin", "operator"] },
  { to: "/console/queue", name: "Queue", Icon: ConciergeBell, roles: ["staff", "admin", "operator"] },
  { to: "/console/places", name: "Places", Icon: MapPin, roles: ["staff", "admin", "operator"] },
  { to: "/console/loans", name: "Loans", Icon: HandHelping, roles: ["staff", "admin", "operator"] },
  { to: "/console/things", name: "Things", Icon: Package, roles: ["staff", "admin", "operator"] },
  { to: "/console/labels", name: "Labels", Icon: Tags, roles: ["staff", "admin", "operator"] },
  { to: "/console/loan-rules", name: "Loan rules", Icon: Scale, roles: ["staff", "admin", "operator"] },
  { to: "/console/people", name: "People", Icon: Users, roles: ["staff", "admin", "operator"] },
  { to: "/console/security", name: "Security", Icon: ShieldAlert, roles: ["staff", "admin", "operator"] },
  { to: "/console/keys", name: "API keys", Icon: KeyRound, roles: ["admin", "operator"] },
  { to: "/console/code-keys", name: "Code keys", Icon: Signature, roles: ["admin", "operator"] },
  { to: "/console/flags", name: "Flags", Icon: Flag, roles: ["operator"] },
];

/** @returns The parts that are somebody's job. */
export const railFor = (role: Role): readonly RailItem[] => rail.filter(({ roles }) => roles.includes(role));
