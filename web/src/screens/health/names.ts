/** The findings that the server may name (src/Kernel/Alerts/AlertRules.cs, and that nothing is measured). */
export type FindingName =
  | "LogStands"
  | "ConsumersLate"
  | "EventsParked"
  | "PartitionsRunOut"
  | "JobsLate"
  | "JobsFailed"
  | "LongTransaction"
  | "IdleInTransaction"
  | "ConnectionsScarce"
  | "SlowStatements"
  | "TablesBloated"
  | "ReplicaLate"
  | "CheckpointsForced"
  | "DiskLow"
  | "DiskFillsUp"
  | "NotMeasured";
