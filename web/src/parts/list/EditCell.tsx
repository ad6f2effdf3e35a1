import { TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useWords } from "@/i18n/useWords";

type EditCellProps = {
  label: string;
  value: string;
  onSave: (value: string) => Promise<unknown>;
  onEnd: () => void;
};

/** A value that is being changed in its list: Enter saves it, Escape leaves it, and what was refused stays with the reason. */
export function EditCell({ label, value, onSave, onEnd }: EditCellProps) {
  const words = useWords();
  const [typed, setTyped] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (busy) return;
    if (typed.trim() === value || typed.trim() === "") return onEnd();
    setBusy(true);
    try {
      await onSave(typed.trim());
      onEnd();
    } catch (refused) {
      setError(words.problem(refused));
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") void save();
    if (event.key === "Escape") onEnd();
    event.stopPropagation();
  };
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => !error && void save()}
      error={error}
      disabled={busy}
      data-autofocus
      ref={(input) => input?.focus()}
      data-testid="edit-cell"
    />
  );
}
