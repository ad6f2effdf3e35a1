import { TextInput, type TextInputProps } from "@mantine/core";
import { useEffect, useRef } from "react";
import { formatDecimal, parseDecimal } from "@/format/decimal";
import { useLocale } from "@/format/useFormat";
import classes from "./DecimalInput.module.css";

type DecimalInputProps = Omit<TextInputProps, "value" | "onChange"> & {
  /** What the person typed; read it with `parseDecimal` in their language. */
  value: string;
  onChange: (typed: string) => void;
};

/** A field for quantities and money: comma or point by language, tidied when it is left. */
export function DecimalInput({ value, onChange, onBlur, ...rest }: DecimalInputProps) {
  const locale = useLocale();
  const written = useRef(locale);
  useEffect(() => {
    if (written.current === locale) return;
    const plain = parseDecimal(value, written.current);
    written.current = locale;
    if (plain !== null) onChange(formatDecimal(plain, locale));
  }, [locale, value, onChange]);
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: classes.input }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={(event) => {
        const plain = parseDecimal(value, locale);
        if (plain !== null) onChange(formatDecimal(plain, locale));
        onBlur?.(event);
      }}
    />
  );
}
