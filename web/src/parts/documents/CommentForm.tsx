import { Button, Combobox, Group, Textarea, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { peopleQuery } from "@/api/work";
import { useLocale } from "@/format/useFormat";

type CommentFormProps = {
  sending: boolean;
  onSend: (text: string, mentions: string[], done: () => void) => void;
};

/** A text in which @ and a few letters pick a member. */
export function CommentForm({ sending, onSend }: CommentFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const combobox = useCombobox();
  const { data } = useQuery(peopleQuery());
  const people = data?.members ?? [];
  const typed = /@([^@\n]{0,40})$/.exec(text.slice(0, field.current?.selectionStart ?? text.length))?.[1];
  const fold = (name: string) => name.toLocaleLowerCase(locale);
  const offered =
    typed === undefined ? [] : people.filter(({ name }) => fold(name).startsWith(fold(typed))).slice(0, 6);

  const pick = (name: string) => {
    const at = field.current?.selectionStart ?? text.length;
    const start = text.slice(0, at).lastIndexOf("@");
    setText(`${text.slice(0, start)}@${name} ${text.slice(at)}`);
    combobox.closeDropdown();
    field.current?.focus();
  };
  const send = () => {
    const said = text.trim();
    if (said === "" || sending) return;
    const mentioned = people.filter(({ name }) => said.includes(`@${name}`)).map(({ id }) => id);
    onSend(said, mentioned, () => setText(""));
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} position="top-start" width={260}>
      <Combobox.Target>
        <Textarea
          ref={field}
          aria-label={t("comments.write")}
          placeholder={`${t("comments.write")} · ${t("comments.hint")}`}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex("active", { scrollIntoView: true });
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
          }}
          data-testid="comment-text"
        />
      </Combobox.Target>
      <Group justify="flex-end">
        <Button
          size="xs"
          onClick={send}
          loading={sending}
          disabled={text.trim() === ""}
          data-testid="comment-send"
        >
          {t("comments.send")}
        </Button>
      </Group>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options>
          {offered.map(({ id, name }) => (
            <Combobox.Option key={id} value={name} data-testid={`mention-${name}`}>
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
