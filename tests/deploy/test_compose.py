"""compose.yaml holds together. Its schema is checked by .ci/deploy."""

from typing import Any

import yaml

from bot.settings import Settings
from tests.conftest import PROJECT

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_one_command_starts_the_bot_alone() -> None:
    """Without a profile, the bot is all that starts."""
    assert [name for name, service in SERVICES.items() if "profiles" not in service] == ["bot"]


def test_profiles() -> None:
    """Redis comes with one profile, Prometheus and Grafana with the other."""
    profiles = {name: service["profiles"] for name, service in SERVICES.items() if "profiles" in service}
    assert profiles == {"redis": ["redis"], "prometheus": ["watch"], "grafana": ["watch"]}


def test_services_are_confined() -> None:
    """No service can write its root, gain rights, or take all memory."""
    for name, service in SERVICES.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name


def test_nothing_is_published_beyond_this_machine() -> None:
    """Ports are published on loopback only, and none of the bot's or of Redis's."""
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert not SERVICES["bot"].get("ports")
    assert not SERVICES["redis"].get("ports")


def test_mounted_files_and_named_volumes_exist() -> None:
    """What is mounted is a folder of this project or a volume that the file declares."""
    for service in SERVICES.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (PROJECT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"]


def test_the_bots_variables_are_settings() -> None:
    """Every variable that the bot is given is one that it reads, and the token comes from a file."""
    known = {n.upper() if n.startswith("telegram") else f"FAQBOT_{n.upper()}" for n in Settings.model_fields}
    environment = SERVICES["bot"]["environment"]
    assert set(environment) <= known
    assert environment["TELEGRAM_BOT_TOKEN_FILE"] == f"/run/secrets/{SERVICES['bot']['secrets'][0]}"
    assert "TELEGRAM_BOT_TOKEN" not in environment


def test_images_name_no_registry() -> None:
    """Images are named without a registry's host."""
    assert not [s["image"] for s in SERVICES.values() if "." in s["image"].split("/")[0].split(":")[0]]
