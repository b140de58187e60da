import {
  AlarmClock,
  BedDouble,
  BrushCleaning,
  CarTaxiFront,
  Coffee,
  Flame,
  GlassWater,
  Hand,
  Layers,
  type LucideIcon,
  MessageCircle,
  NotebookPen,
  ReceiptText,
  Shirt,
  Thermometer,
  Utensils,
  Wrench,
} from "lucide-react";

/** By the name that a catalogue gives them. */
const PICTURES: Record<string, LucideIcon> = {
  alarm: AlarmClock,
  bed: BedDouble,
  broom: BrushCleaning,
  cup: Coffee,
  cutlery: Utensils,
  flame: Flame,
  glass: GlassWater,
  hand: Hand,
  message: MessageCircle,
  notepad: NotebookPen,
  receipt: ReceiptText,
  robe: Shirt,
  taxi: CarTaxiFront,
  thermometer: Thermometer,
  towel: Layers,
  wrench: Wrench,
};

/** What a request is about, for who looks before they read. */
export function KindPicture({ picture, className = "" }: { picture: string; className?: string }) {
  const Picture = PICTURES[picture] ?? MessageCircle;
  return <Picture aria-hidden strokeWidth={1.75} className={`shrink-0 ${className}`} />;
}
