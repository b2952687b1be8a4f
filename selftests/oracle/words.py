# SPDX-License-Identifier: GPL-2.0
"""vpcctl's words as requests of the netlink family: a change must not cost a process."""

import socket
import struct

from genl import NESTED, NR, attr, prefix, text
from model import POLICIES

PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1}


def switch(kind, value):
    return attr(kind, bytes([value == "on"]))


def u16(kind, value):
    return attr(kind, struct.pack("H", int(value)))


def u8(kind, value):
    return attr(kind, bytes([int(value)]))


def cidr(kind, value):
    address, length = value.split("/")
    return prefix(kind, address, int(length))


def address(kind, value):
    return attr(kind, socket.inet_aton(value))


# Of rules and entries: KEY VALUE ..., the attributes are @noun's
def filters(noun, words):
    data = b""
    for key, value in zip(words[::2], words[1::2]):
        kind = NR.get("VPC_A_%s_%s" % (noun, key.upper().replace("-", "_")))
        if key == "protocol":
            data += u8(kind, PROTOCOLS[value]) if value != "all" else b""
        elif key == "port":
            first, _, last = value.partition("-")
            data += u16(NR["VPC_A_%s_PORT_FROM" % noun], first) + \
                u16(NR["VPC_A_%s_PORT_TO" % noun], last or first)
        elif key == "cidr":
            data += cidr(kind, value)
        elif key.startswith("icmp"):
            data += u8(kind, value)
        else:
            data += text(kind, value)
    return data


DIRECTIONS, ACTIONS = ("ingress", "egress"), ("allow", "deny")


def route(table, dest, *target):
    data = text(NR["VPC_A_ROUTE_ROUTE_TABLE"], table)
    data += cidr(NR["VPC_A_ROUTE_DESTINATION"], dest) if "/" in dest else \
        text(NR["VPC_A_ROUTE_PREFIX_LIST"], dest)
    if target:
        data += u8(NR["VPC_A_ROUTE_TARGET"],
                   NR["VPC_TARGET_" + target[0].upper().replace("-", "_")])
    if target[1:]:
        data += text(NR["VPC_A_ROUTE_TARGET_ID"], target[1])
    return data


def association(table, _, subnet):
    return text(NR["VPC_A_ASSOCIATION_ROUTE_TABLE"], table) + \
        text(NR["VPC_A_ASSOCIATION_SUBNET"], subnet)


def disassociation(_, subnet):
    return text(NR["VPC_A_ASSOCIATION_ID"], subnet)


def main_table(table):
    return text(NR["VPC_A_ASSOCIATION_ROUTE_TABLE"], table)


def eni(name, *words):
    data = text(NR["VPC_A_ENI_ID"], name)
    for key, value in zip(words[::2], words[1::2]):
        if key == "security-group":
            data += text(NR["VPC_A_ENI_SECURITY_GROUP"], value)
        else:
            data += switch(NR["VPC_A_ENI_SOURCE_DEST_CHECK"], value)
    return data


def prefix_list(name, *words):
    data = text(NR["VPC_A_PREFIX_LIST_ID"], name)
    for key, value in zip(words[::2], words[1::2]):
        data += cidr(NR["VPC_A_PREFIX_LIST_" + ("ENTRY" if key == "add" else "REMOVE")], value)
    return data


def group_rule(group, direction, *words):
    return text(NR["VPC_A_SECURITY_GROUP_ID"], group) + \
        u8(NR["VPC_A_SECURITY_GROUP_DIRECTION"], DIRECTIONS.index(direction)) + \
        filters("SECURITY_GROUP", words)


def acl_entry(acl, nr, direction, *words):
    data = text(NR["VPC_A_NETWORK_ACL_ID"], acl) + u16(NR["VPC_A_NETWORK_ACL_NUMBER"], nr) + \
        u8(NR["VPC_A_NETWORK_ACL_DIRECTION"], DIRECTIONS.index(direction))
    if words:
        data += u8(NR["VPC_A_NETWORK_ACL_ACTION"], ACTIONS.index(words[0]))
    return data + filters("NETWORK_ACL", words[1:])


def acl_associate(acl, _, subnet):
    return text(NR["VPC_A_NETWORK_ACL_ID"], acl) + text(NR["VPC_A_NETWORK_ACL_SUBNET"], subnet)


# An EIP's address is a reference to it.
def eip(address_, _=None, eni_=None):
    return text(NR["VPC_A_EIP_ID"], address_) + (text(NR["VPC_A_EIP_ENI"], eni_) if eni_ else b"")


def peering_new(name, _, vpc, __, peer):
    return text(NR["VPC_A_PEERING_NAME"], name) + text(NR["VPC_A_PEERING_VPC"], vpc) + \
        text(NR["VPC_A_PEERING_PEER_VPC"], peer)


def peering(name):
    return text(NR["VPC_A_PEERING_ID"], name)


def nat_gateway_new(name, *words):
    data = text(NR["VPC_A_NAT_GATEWAY_NAME"], name)
    for key, value in zip(words[::2], words[1::2]):
        if key == "address":
            data += address(NR["VPC_A_NAT_GATEWAY_PRIVATE_ADDRESS"], value)
        elif key == "connectivity-type":
            data += u8(NR["VPC_A_NAT_GATEWAY_CONNECTIVITY_TYPE"],
                       NR["VPC_CONNECTIVITY_TYPE_" + value.upper()])
        else:
            data += text(NR["VPC_A_NAT_GATEWAY_" + key.upper()], value)
    return data


def nat_gateway(name):
    return text(NR["VPC_A_NAT_GATEWAY_ID"], name)


def nest(kind, data):
    return attr(NR["VPC_A_" + kind] | NESTED, data)


def policy_value(key, value):
    if key == "action":
        proto, first, last = value
        ports = u16(NR["VPC_A_POLICY_VALUE_PORT_FROM"], first) + u16(NR["VPC_A_POLICY_VALUE_PORT_TO"], last)
        return u8(NR["VPC_A_POLICY_VALUE_PROTOCOL"], proto) + (ports if proto != PROTOCOLS["icmp"] else b"")
    if key.endswith("source-ip"):
        return cidr(NR["VPC_A_POLICY_VALUE_CIDR"], value)
    return text(NR["VPC_A_POLICY_VALUE_TEXT"], value)


def policy_element(key, negate, values):
    data = u8(NR["VPC_A_POLICY_ELEMENT_KEY"], NR["VPC_POLICY_KEY_" + key.upper().replace("-", "_")])
    if negate:
        data += attr(NR["VPC_A_POLICY_ELEMENT_NEGATE"], b"")
    return data + b"".join(nest("POLICY_ELEMENT_VALUE", policy_value(key, value)) for value in values)


# The text says nothing to the router.
def policy(name):
    if not POLICIES[name]:
        return attr(NR["VPC_A_ENDPOINT_POLICY_RESET"], b"")
    data = text(NR["VPC_A_ENDPOINT_POLICY_DOCUMENT"], name)
    for effect, elements in POLICIES[name]:
        data += nest("ENDPOINT_POLICY_STATEMENT", u8(
            NR["VPC_A_POLICY_STATEMENT_EFFECT"], NR["VPC_POLICY_EFFECT_" + effect.upper()]) + b"".join(
                nest("POLICY_STATEMENT_ELEMENT", policy_element(*e)) for e in elements))
    return data


def endpoint(name, *words):
    data = text(NR["VPC_A_ENDPOINT_ID"], name)
    for key, value in zip(words[::2], words[1::2]):
        if key == "policy":
            data += policy(value)
        elif key == "address":
            data += address(NR["VPC_A_ENDPOINT_ADDRESS"], value)
        else:
            data += text(NR["VPC_A_ENDPOINT_" + key.replace("add-", "").upper().replace("-", "_")], value)
    return data


def endpoint_new(name, *words):
    data = text(NR["VPC_A_ENDPOINT_NAME"], name)
    for key, value in zip(words[::2], words[1::2]):
        if key == "address":
            data += address(NR["VPC_A_ENDPOINT_ADDRESS"], value)
        elif key == "type":
            data += u8(NR["VPC_A_ENDPOINT_TYPE"], NR["VPC_ENDPOINT_TYPE_" + value.upper()])
        else:
            for item in value.split(","):
                data += text(NR["VPC_A_ENDPOINT_" + key.upper().replace("-", "_")], item)
    return data


def endpoint_del(name):
    return text(NR["VPC_A_ENDPOINT_ID"], name)


COMMANDS = {
    ("route", "add"): ("ROUTE_NEW", route),
    ("route", "replace"): ("ROUTE_SET", route),
    ("route", "del"): ("ROUTE_DEL", route),
    ("route-table", "associate"): ("ASSOCIATION_NEW", association),
    ("route-table", "disassociate"): ("ASSOCIATION_DEL", disassociation),
    ("route-table", "main"): ("ASSOCIATION_SET", main_table),
    ("eni", "set"): ("ENI_SET", eni),
    ("prefix-list", "set"): ("PREFIX_LIST_SET", prefix_list),
    ("security-group", "rule-add"): ("SECURITY_GROUP_RULE_NEW", group_rule),
    ("security-group", "rule-del"): ("SECURITY_GROUP_RULE_DEL", group_rule),
    ("network-acl", "entry-add"): ("NETWORK_ACL_ENTRY_NEW", acl_entry),
    ("network-acl", "entry-replace"): ("NETWORK_ACL_ENTRY_SET", acl_entry),
    ("network-acl", "entry-del"): ("NETWORK_ACL_ENTRY_DEL", acl_entry),
    ("network-acl", "associate"): ("NETWORK_ACL_ASSOCIATE", acl_associate),
    ("eip", "associate"): ("EIP_ASSOCIATE", eip),
    ("eip", "disassociate"): ("EIP_DISASSOCIATE", eip),
    ("peering", "add"): ("PEERING_NEW", peering_new),
    ("peering", "accept"): ("PEERING_ACCEPT", peering),
    ("peering", "del"): ("PEERING_DEL", peering),
    ("nat-gateway", "add"): ("NAT_GATEWAY_NEW", nat_gateway_new),
    ("nat-gateway", "del"): ("NAT_GATEWAY_DEL", nat_gateway),
    ("endpoint", "set"): ("ENDPOINT_SET", endpoint),
    ("endpoint", "add"): ("ENDPOINT_NEW", endpoint_new),
    ("endpoint", "del"): ("ENDPOINT_DEL", endpoint_del),
}


def request(words):
    """The name of the family's command, and its attributes."""
    command, encode = COMMANDS[words[0], words[1]]
    return command, encode(*words[2:])
