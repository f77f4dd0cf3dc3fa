package dev.wellhead.examples.ledger;

import com.google.gson.JsonObject;

/**
 * An account with its balance.
 *
 * @param code what people and transfers call it
 * @param name for people
 * @param type asset, liability, equity, income or expense
 * @param currency ISO 4217
 * @param balance in minor units
 */
record Account(String code, String name, String type, String currency, long balance) {

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("account", code);
        json.addProperty("name", name);
        json.addProperty("type", type);
        json.addProperty("currency", currency);
        json.addProperty("balance", balance);
        return json;
    }
}
