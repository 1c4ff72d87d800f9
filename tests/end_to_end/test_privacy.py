"""A canary in texts, names and ids turns up nowhere: no log line, no file, no metric."""

from pathlib import Path

import pytest

from tests.botapi import BotApi, FaultKind
from tests.end_to_end.running import DANGER, QUESTION, free_port, get, running, until

CANARY = "Zebrafish"
PERSON = 987_654_321_012
GROUP = -100_987_654_321


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_no_trace_of_a_person(tmp_path: Path, mode: str) -> None:
    """At DEBUG, with faults and rubbish, neither text, name, id nor token is written anywhere."""
    health, port = free_port(), str(free_port())
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "PORT": port} if mode == "webhook" else {}
    folder = tmp_path / "bot"
    folder.mkdir()
    with BotApi() as api, running(api, folder, LOG_LEVEL="DEBUG", HEALTH_PORT=str(health), **hook) as bot:
        person = api.user(PERSON, CANARY, username=f"{CANARY}_name")
        group = api.group(GROUP, CANARY)
        for kind in (FaultKind.SERVER_ERROR, FaultKind.CUT_AFTER):
            api.faults.once(kind, "sendMessage")
        answer = api.ask(person, f"{QUESTION} {CANARY}", timeout=20)
        api.press(answer, "Helpful")
        api.say(person, "/country")
        choice = api.wait_for(lambda: [m for m in api.sent(person) if "Which country" in m.text], 10)[0]
        api.press(choice, "Australia")
        api.wait_for(lambda: "000" in api.sent(person)[-1].text)
        api.say(group, f"@vetted_faq_test_bot {DANGER} {CANARY}", by=person)
        api.inject({"message": {"chat": {"id": PERSON}, "text": [CANARY]}}, force=True)
        api.inject_bytes(f'{{"update_id": {PERSON}, "message": "{CANARY}'.encode())
        api.wait_for(lambda: api.sent(group), 10)
        api.block(person)
        blocked = api.say(person, f"{CANARY} again")
        api.wait_for(lambda: blocked in api.confirmed, 10)
        figures = get(health, "/metrics")[1]
        assert "faqbot_replies_total" in figures
        seen = figures + get(health, "/readyz")[1] + get(health, "/healthz")[1]
        assert bot.stop() == 0
    until(lambda: bot.logged("stopped"))
    assert len(bot.log) > 1000
    found = {
        (secret, path.name)
        for path in folder.rglob("*")
        if path.is_file()
        for secret in (CANARY, str(PERSON), str(GROUP), api.token, api.token.partition(":")[2])
        if secret.encode().lower() in path.read_bytes().lower()
    }
    assert found == set()
    assert CANARY not in seen
    assert str(PERSON) not in seen
    assert {path.name for path in folder.iterdir() if not path.name.startswith("state.sqlite3")} == {
        "bot.log"
    }
