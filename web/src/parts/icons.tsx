/** Line icons on a 24 grid, drawn with the current text colour. */
const shapes = {
  stock: "M4 9l8-5 8 5v11H4z M8 20v-7h8v7 M8 16.5h8",
  places: "M4 4v16 M20 4v16 M4 10h16 M4 17h16 M7 6.5h4V10H7z M13 13h4v4h-4z",
  pallet: "M6 4h12v9H6z M12 4v3 M3 16h18 M5 16v4 M12 16v4 M19 16v4 M3 20h18",
  expected: "M3 7h11v9H3z M14 10h4l3 3v3h-7z M7 16a2 2 0 1 0 .01 0z M17 16a2 2 0 1 0 .01 0z",
  receive: "M12 3v10 M8 9.5l4 4 4-4 M4 15v5h16v-5",
  issue: "M12 13V3 M8 6.5l4-4 4 4 M4 15v5h16v-5",
  transfer: "M3 8h6v8H3z M15 8h6v8h-6z M10.5 12h3 M12 10.5l1.5 1.5-1.5 1.5",
  undo: "M9 14L4 9l5-5 M4 9h10a6 6 0 0 1 0 12h-3",
  reserve: "M6 4h12v16.5l-6-4.5-6 4.5z",
  reservations: "M4 5h3v3H4z M4 10.5h3v3H4z M4 16h3v3H4z M11 6.5h9 M11 12h9 M11 17.5h9",
  movements: "M4 8h14 M14.5 4.5L18 8l-3.5 3.5 M20 16H6 M9.5 12.5L6 16l3.5 3.5",
  items: "M12 3l8 4.5v9L12 21l-8-4.5v-9z M4.2 7.6L12 12l7.8-4.4 M12 12v9",
  vouchers: "M6 3h9l4 4v14H6z M14.5 3v4.5H19 M9 12h7 M9 16h7",
  balance: "M12 4v16 M8 20h8 M5 7h14 M5 7l-2.5 6a2.8 2.8 0 0 0 5 0z M19 7l-2.5 6a2.8 2.8 0 0 0 5 0z",
  rules: "M5 4v16 M12 4v16 M19 4v16 M3 9h4 M10 15h4 M17 8h4",
  periods: "M4 6h16v14H4z M4 10.5h16 M8.5 3.5v4 M15.5 3.5v4",
  parked: "M12 3.5a8.5 8.5 0 1 0 .01 0z M10 9v6 M14 9v6",
  health: "M3 12h4l2.5-6 4.5 12 2.5-6H21",
  adjust: "M4 7h10 M18 7h2 M4 17h2 M10 17h10 M16 4.5v5 M8 14.5v5",
  inbox: "M4 5h16v14H4z M4 13h4.5l1.5 2.5h4l1.5-2.5H20",
  tasks: "M4 6.5l1.5 1.5L8.5 5 M4 13l1.5 1.5 3-3 M4 19.5l1.5 1.5 3-3 M12 6.5h8 M12 13h8 M12 19.5h8",
  labels: "M4 4h7.5L20 12.5 12.5 20 4 11.5z M8 8h.01",
  delegate:
    "M9 4a3.5 3.5 0 1 0 .01 0z M2.5 19c.8-3.5 3.3-5 6.5-5 1.8 0 3.3.5 4.4 1.5 M14.5 18.5H21 M18.5 16l2.5 2.5-2.5 2.5",
  approve: "M5 20h14 M7 16.5h10v-3h-3.5l1-6a2.6 2.6 0 1 0-5 0l1 6H7z",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z M10 21h4",
  mail: "M3.5 6h17v12.5h-17z M4 6.5l8 6.5 8-6.5",
  letterhead: "M6 3h12v18H6z M9 7h3v3H9z M14 7.5h1.5 M14 9.5h1.5 M9 13.5h6 M9 16.5h6",
  print: "M7 8V3.5h10V8 M7 17H4.5V8.5h15V17H17 M7 14h10v6.5H7z",
  history: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5 M4.5 4v4.5H9 M12 8v4.5l3 2",
  search: "M10.5 4a6.5 6.5 0 1 0 .01 0z M15.5 15.5L20 20",
  plus: "M12 5v14 M5 12h14",
  close: "M6 6l12 12 M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alert: "M12 4l9 16H3z M12 10v4.5 M12 17v.2",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.4-5.5 M19.5 4v4.5H15",
  sun: "M12 8a4 4 0 1 0 .01 0z M12 2.5v2 M12 19.5v2 M2.5 12h2 M19.5 12h2 M5.3 5.3l1.4 1.4 M17.3 17.3l1.4 1.4 M18.7 5.3l-1.4 1.4 M6.7 17.3l-1.4 1.4",
  dense: "M4 6h16 M4 10h16 M4 14h16 M4 18h16",
  roomy: "M4 6h16 M4 12h16 M4 18h16",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  auto: "M12 4a8 8 0 1 0 .01 0z M12 4v16 M12 8h5.5 M12 12h8 M12 16h5.5",
  user: "M12 4a4 4 0 1 0 .01 0z M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6",
  device: "M7 3h10v18H7z M10.5 18h3",
  lock: "M6 11h12v9.5H6z M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  unlock: "M6 11h12v9.5H6z M8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2",
  dots: "M5.5 12h.01 M12 12h.01 M18.5 12h.01",
  arrow: "M5 12h14 M13.5 6.5L19 12l-5.5 5.5",
  up: "M6 14.5l6-6 6 6",
  down: "M6 9.5l6 6 6-6",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
  copy: "M9 8.5h11v12H9z M4 15.5v-12h11",
  filter: "M4 5h16l-6.2 7.5V19l-3.6-2v-4.5z",
  columns: "M4 5h16v14H4z M9.5 5v14 M14.5 5v14",
  view: "M3 12c2.5-4.5 5.5-6.5 9-6.5s6.500 2 9 6.500c-2.500 4.500-5.500 6.500-9 6.500S5.500 16.500 3 12z M12 9.500a2.500 2.500 0 1 0 .01 0z",
  export: "M12 3.5v11 M8 10.500l4 4 4-4 M5 19.500h14",
  import: "M12 15V4 M8 8l4-4 4 4 M5 19.500h14",
  partners:
    "M8.500 5.500a3 3 0 1 0 .01 0z M2.500 18.500c.7-3 2.900-4.500 6-4.500s5.300 1.500 6 4.500 M16 6.500a2.500 2.500 0 1 1 0 5 M17.500 14.200c2.200.4 3.600 1.800 4 4.300",
  file: "M6 3h9l4 4v14H6z M14.500 3v4.500H19",
  language: "M12 3.5a8.5 8.5 0 1 0 .01 0z M3.8 12h16.4 M12 3.5c-5 5-5 12 0 17 M12 3.5c5 5 5 12 0 17",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "dots" ? 2.6 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
