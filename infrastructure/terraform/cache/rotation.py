"""Rotates the password of one ElastiCache user.

The user keeps two passwords: the new one and the one before it, so that services that have not read the secret again can
still log in. The function calls AWS interfaces only and needs no connection to the cache.
"""

import json
import os
import time

import boto3

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
SECONDS_UNTIL_ACTIVE = 600
SECONDS_BETWEEN_REQUESTS = 5


def handler(event, context):
    secret_id, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    if step not in STEPS:
        raise ValueError("Unknown step of a rotation: %s" % step)
    if secret_id != os.environ["SECRET_ARN"]:
        raise ValueError("This function rotates another secret")
    secrets = boto3.client("secretsmanager")
    cache = boto3.client("elasticache")
    stages = secrets.describe_secret(SecretId=secret_id)["VersionIdsToStages"]
    if "AWSCURRENT" in stages.get(token, []):
        return
    if "AWSPENDING" not in stages.get(token, []):
        raise ValueError("Version %s is not pending" % token)
    if step == "createSecret":
        create_secret(secrets, secret_id, token)
    elif step == "setSecret":
        set_secret(secrets, cache, secret_id, token)
    elif step == "testSecret":
        await_active(cache)
    else:
        finish_secret(secrets, secret_id, token, stages)


def read(secrets, secret_id, stage, **version):
    value = json.loads(secrets.get_secret_value(SecretId=secret_id, VersionStage=stage, **version)["SecretString"])
    if value.get("username") != os.environ["USER_ID"]:
        raise ValueError("The secret has another user")
    return value


def create_secret(secrets, secret_id, token):
    value = read(secrets, secret_id, "AWSCURRENT")
    try:
        secrets.get_secret_value(SecretId=secret_id, VersionId=token, VersionStage="AWSPENDING")
    except secrets.exceptions.ResourceNotFoundException:
        random = secrets.get_random_password(PasswordLength=64, ExcludePunctuation=True)
        value["password"] = random["RandomPassword"]
        secrets.put_secret_value(
            SecretId=secret_id,
            ClientRequestToken=token,
            SecretString=json.dumps(value),
            VersionStages=["AWSPENDING"],
        )


def set_secret(secrets, cache, secret_id, token):
    passwords = [read(secrets, secret_id, "AWSPENDING", VersionId=token)["password"]]
    current = read(secrets, secret_id, "AWSCURRENT").get("password")
    if current and current != passwords[0]:
        passwords.append(current)
    await_active(cache)
    cache.modify_user(
        UserId=os.environ["USER_ID"],
        AuthenticationMode={"Type": "password", "Passwords": passwords},
    )


def await_active(cache):
    """Waits until the nodes have the passwords. ElastiCache refuses changes until then."""
    deadline = time.monotonic() + SECONDS_UNTIL_ACTIVE
    while True:
        status = cache.describe_users(UserId=os.environ["USER_ID"])["Users"][0]["Status"]
        if status == "active":
            return
        if time.monotonic() > deadline:
            raise TimeoutError("The user is still %s" % status)
        time.sleep(SECONDS_BETWEEN_REQUESTS)


def finish_secret(secrets, secret_id, token, stages):
    current = next((version for version, names in stages.items() if "AWSCURRENT" in names), None)
    arguments = {"RemoveFromVersionId": current} if current else {}
    secrets.update_secret_version_stage(
        SecretId=secret_id, VersionStage="AWSCURRENT", MoveToVersionId=token, **arguments
    )
