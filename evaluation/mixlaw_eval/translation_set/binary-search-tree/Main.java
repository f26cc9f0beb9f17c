import java.util.Scanner;

public class Main {
    static class Node {
        int key;
        Node left;
        Node right;

        Node(int key) {
            this.key = key;
        }
    }

    static boolean contains(Node node, int key) {
        return node != null && (node.key == key || contains(key < node.key ? node.left : node.right, key));
    }

    static Node insert(Node node, int key) {
        if (node == null) {
            return new Node(key);
        }
        if (key < node.key) {
            node.left = insert(node.left, key);
        } else {
            node.right = insert(node.right, key);
        }
        return node;
    }

    static Node delete(Node node, int key) {
        if (key < node.key) {
            node.left = delete(node.left, key);
        } else if (key > node.key) {
            node.right = delete(node.right, key);
        } else if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        } else {
            Node next = node.right;
            while (next.left != null) {
                next = next.left;
            }
            node.key = next.key;
            node.right = delete(node.right, next.key);
        }
        return node;
    }

    static String keys(Node node) {
        return node == null ? "" : keys(node.left) + node.key + " " + keys(node.right);
    }

    static int height(Node node) {
        return node == null ? 0 : 1 + Math.max(height(node.left), height(node.right));
    }

    public static void main(String[] args) {
        Node root = null;
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            String line = in.nextLine();
            if (line.matches("(insert|delete) -?\\d+")) {
                int key = Integer.parseInt(line.substring(7));
                boolean present = contains(root, key);
                if (line.startsWith("insert") == present) {
                    System.out.println(key + (present ? " is there already" : " is not there"));
                } else {
                    root = present ? delete(root, key) : insert(root, key);
                }
            } else if (line.equals("show")) {
                System.out.println(keys(root) + "(height " + height(root) + ")");
            } else {
                System.out.println("unknown command: " + line);
            }
        }
    }
}
